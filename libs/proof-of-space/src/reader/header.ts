import { isPlotK, PLOT_ID_BYTES, TABLES } from '../constants.js';
import { PlotFormatError } from '../errors.js';
import { headerBytes } from '../sizes.js';
import { type PlotSource, readUpTo } from './source.js';

export const PLOT_MAGIC = 'Proof of Space Plot';
export const PLOT_VERSION = 'v1.0';
export const MAX_MEMO_BYTES = 65_535;

const FIXED_BYTES = PLOT_MAGIC.length + PLOT_ID_BYTES + 1 + 2 + PLOT_VERSION.length + 2;
const TABLE_POINTERS = 10;

/** What a plot says of itself. The memo holds a secret key of the plot: do not log it. */
export interface PlotIdentity {
  readonly plotId: Uint8Array;
  readonly k: number;
  readonly memo: Uint8Array;
}

/** Where a table's bytes lie: from `begin` up to the next table or the end of the file. */
export interface TableRegion {
  readonly begin: number;
  readonly end: number;
}

export interface PlotHeader extends PlotIdentity {
  /** P1..P7 at index 1..7; index 0 is unused. */
  readonly parks: readonly TableRegion[];
  readonly c1: TableRegion;
  readonly c2: TableRegion;
  readonly c3: TableRegion;
}

/**
 * Reads id, k and memo only: one or two small reads.
 *
 * @throws PlotFormatError `plot_bad_header`, `plot_unsupported`, `plot_truncated`, `plot_unreadable`
 */
export async function readPlotHeader(source: PlotSource): Promise<PlotIdentity> {
  const { plotId, k, memo } = (await readStart(source)).identity;
  return { plotId, k, memo };
}

/** Reads the identity and the ten table pointers, and checks that they lie in the file. @throws as above */
export async function readFullHeader(source: PlotSource): Promise<PlotHeader> {
  const { identity, pointers } = await readStart(source);
  const first = headerBytes(identity.memo.length);
  const begins: number[] = [];
  for (let i = 0; i < TABLE_POINTERS; i++) {
    const begin = Number(pointers.getBigUint64(8 * i));
    if (begin < first) throw badHeader('A table begins inside the header', { table: i + 1, begin });
    if (begin >= source.size) {
      throw new PlotFormatError('plot_truncated', 'The plot ends before its tables', {
        table: i + 1,
        begin,
        size: source.size,
      });
    }
    if (begins.includes(begin))
      throw badHeader('Two tables begin at the same place', { table: i + 1, begin });
    begins.push(begin);
  }
  // Other plotters may lay the tables out in another order, so a table ends where the next one in the file begins.
  const sorted = [...begins, source.size].sort((a, b) => a - b);
  const regions = begins.map((begin) => ({ begin, end: sorted[sorted.indexOf(begin) + 1]! }));
  return {
    ...identity,
    parks: [{ begin: 0, end: 0 }, ...regions.slice(0, TABLES)],
    c1: regions[7]!,
    c2: regions[8]!,
    c3: regions[9]!,
  };
}

async function readStart(source: PlotSource): Promise<{ identity: PlotIdentity; pointers: DataView }> {
  // Memos of plots made for a pool key or contract are 128 or 112 bytes: nearly always one read is enough.
  let start = await readUpTo(source, 0, 512);
  const text = (from: number, to: number) => String.fromCharCode(...start.subarray(from, to));
  if (text(0, 4) === 'PLOT') {
    throw compressedOrLater(start);
  }
  if (text(0, PLOT_MAGIC.length) !== PLOT_MAGIC) {
    if (PLOT_MAGIC.startsWith(text(0, PLOT_MAGIC.length))) throw truncated(source);
    throw badHeader('The file is not a plot', {});
  }
  if (start.length < FIXED_BYTES) throw truncated(source);
  let at = PLOT_MAGIC.length;
  const plotId = start.slice(at, at + PLOT_ID_BYTES);
  at += PLOT_ID_BYTES;
  const k = start[at++]!;
  if (!isPlotK(k)) throw badHeader(`k=${k} does not exist`, { k });
  const version = text(at + 2, at + 2 + PLOT_VERSION.length);
  if (start[at] !== 0 || start[at + 1] !== PLOT_VERSION.length || version !== PLOT_VERSION) {
    throw new PlotFormatError('plot_unsupported', 'The plot is of a format other than v1.0');
  }
  at += 2 + PLOT_VERSION.length;
  const memoBytes = (start[at]! << 8) | start[at + 1]!;
  const length = headerBytes(memoBytes);
  if (length > start.length) start = await readUpTo(source, 0, length);
  if (length > start.length) throw truncated(source);
  const memo = start.slice(FIXED_BYTES, FIXED_BYTES + memoBytes);
  const pointers = new DataView(start.buffer, start.byteOffset + FIXED_BYTES + memoBytes, 8 * TABLE_POINTERS);
  return { identity: { plotId, k, memo }, pointers };
}

/**
 * What a file that begins with "PLOT" is. Source: bladebit `src/plotting/PlotWriter.cpp`: u32 version (2), id, k,
 * u16 memo length (all little-endian but the length), memo, u32 flags, of which bit 0 says compressed.
 */
function compressedOrLater(start: Uint8Array): PlotFormatError {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const flagsAt = start.length < 43 ? start.length : 43 + view.getUint16(41);
  const isVersion2 = start.length >= 8 && view.getUint32(4, true) === 2;
  if (isVersion2 && flagsAt + 4 <= start.length && view.getUint8(flagsAt) & 1) {
    return new PlotFormatError('plot_compressed', 'A compressed plot; only uncompressed ones are read');
  }
  return new PlotFormatError('plot_unsupported', 'The plot is of a format other than v1.0');
}

function badHeader(message: string, details: Record<string, number>): PlotFormatError {
  return new PlotFormatError('plot_bad_header', message, details);
}

function truncated(source: PlotSource): PlotFormatError {
  return new PlotFormatError('plot_truncated', 'The plot ends inside its header', { size: source.size });
}
