import { PlotFormatError } from '../errors.js';

/** Where a plot's bytes come from. One source is one open plot. */
export interface PlotSource {
  /** Bytes in all, fixed when the source was opened. */
  readonly size: number;
  /** Names the disk it lies on, where there is one: sources of the same disk share its reads. */
  readonly device?: string;
  /**
   * Up to `length` bytes from `offset`; fewer only where the source ends. Calls may overlap. An aborted signal
   * takes back what has not begun.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  /**
   * Whether the source is still what was opened, where that can change.
   *
   * @throws PlotFormatError `plot_gone`, `plot_replaced`, `plot_truncated`, `plot_timeout`, `plot_unreadable`
   */
  check?(signal?: AbortSignal): Promise<void>;
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
 * @throws PlotFormatError `plot_truncated` when there are fewer, `plot_timeout`, `plot_unreadable`
 */
export async function readExactly(
  source: PlotSource,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await readUpTo(source, offset, length, signal);
  if (bytes.length === length) return bytes;
  throw new PlotFormatError('plot_truncated', `The plot ends ${length - bytes.length} bytes too early`, {
    offset,
    length,
    size: source.size,
  });
}

/** Reads `length` bytes or what there is of them. @throws PlotFormatError `plot_timeout`, `plot_unreadable` */
export async function readUpTo(
  source: PlotSource,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await source.read(offset, length, signal);
  } catch (cause) {
    if (cause instanceof PlotFormatError || signal?.aborted) throw cause;
    const errno = (cause as { code?: unknown } | null)?.code;
    const details = { offset, length, ...(typeof errno === 'string' && { errno }) };
    throw new PlotFormatError('plot_unreadable', 'The plot could not be read', details, { cause });
  }
}
