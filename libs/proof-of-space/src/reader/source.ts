import { PlotFormatError } from '../errors.js';

/** Where a plot's bytes come from. One source is one open plot. */
export interface PlotSource {
  /** Bytes in all, fixed when the source was opened. */
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer only where the source ends. Calls may overlap. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A source over bytes in memory. */
export function memorySource(bytes: Uint8Array): PlotSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => {},
  };
}

/**
 * Reads exactly `length` bytes.
 *
 * @throws PlotFormatError `plot_truncated` when there are fewer, `plot_unreadable` when the source fails
 */
export async function readExactly(source: PlotSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await readUpTo(source, offset, length);
  if (bytes.length === length) return bytes;
  throw new PlotFormatError('plot_truncated', `The plot ends ${length - bytes.length} bytes too early`, {
    offset,
    length,
    size: source.size,
  });
}

/** Reads `length` bytes or what there is of them. @throws PlotFormatError `plot_unreadable` */
export async function readUpTo(source: PlotSource, offset: number, length: number): Promise<Uint8Array> {
  try {
    return await source.read(offset, length);
  } catch (cause) {
    throw new PlotFormatError('plot_unreadable', 'The plot could not be read', { offset, length }, { cause });
  }
}
