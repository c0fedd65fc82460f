import { CHECKPOINT_INTERVAL } from '../constants.js';
import { PlotFormatError } from '../errors.js';
import { FseDecoder } from '../fse/decoder.js';
import { C3_DISTRIBUTION } from '../fse/distributions.js';
import { c3BlockBytes, checkpointBytes } from '../sizes.js';
import { readBitsAt } from './bit-reader.js';
import type { PlotHeader, TableRegion } from './header.js';
import { type PlotSource, readExactly, readUpTo } from './source.js';

/** More proofs than this for one challenge only a broken table has (they are Poisson with a mean of one). */
const MAX_MATCHES = 64;

/** Stretches of C1 kept: at k=32 each is 40 KB on disk and 80 KB here, and the whole C1 has 43. */
const CACHED_STRETCHES = 8;

let decoder: FseDecoder | undefined;

/**
 * The index of f7: C2 in memory, stretches of C1 read when needed and kept, one or two blocks of C3 a lookup.
 * Unlike the reference prover it also finds the entries that are checkpoints themselves and the plot's last ones.
 */
export class Checkpoints {
  private readonly stretches = new Map<number, Float64Array>();
  private readonly deltas = new Uint8Array(CHECKPOINT_INTERVAL);

  private constructor(
    private readonly source: PlotSource,
    private readonly header: PlotHeader,
    private readonly c2: Float64Array,
  ) {}

  /** @throws PlotFormatError `plot_bad_checkpoints`, `plot_truncated`, `plot_unreadable` */
  static async open(source: PlotSource, header: PlotHeader): Promise<Checkpoints> {
    const c2 = await readEntries(source, header.k, header.c2, 0, CHECKPOINT_INTERVAL);
    if (c2.length === 0) throw bad('The plot has no checkpoints', 2);
    const checkpoints = new Checkpoints(source, header, c2);
    await checkpoints.requireWholeC3();
    return checkpoints;
  }

  /**
   * Positions in P7 of the entries with this f7, in ascending order.
   *
   * @throws PlotFormatError `plot_bad_checkpoints`, `plot_truncated`, `plot_unreadable`
   */
  async find(f7: number): Promise<number[]> {
    const stretch = lastNotAbove(this.c2, f7);
    if (stretch < 0) return [];
    const c1 = await this.stretch(stretch);
    const within = lastNotAbove(c1, f7);
    if (within < 0) throw bad('C1 does not begin where C2 says', 1);
    const index = stretch * CHECKPOINT_INTERVAL + within;
    const positions: number[] = [];
    if (c1[within] === f7 && index > 0)
      await this.collect(index - 1, await this.entry(index - 1), f7, positions);
    await this.collect(index, c1[within]!, f7, positions);
    return positions;
  }

  /** Adds the matches of C3 block `index`, whose first entry is the C1 entry `first` itself. */
  private async collect(index: number, first: number, f7: number, positions: number[]): Promise<void> {
    const block = await this.readBlock(index);
    const size = block.length < 2 ? 0 : (block[0]! << 8) | block[1]!;
    if (size + 2 > c3BlockBytes(this.header.k)) throw bad('A block of C3 is larger than its place', 3);
    decoder ??= new FseDecoder(C3_DISTRIBUTION);
    // The reference writes size 0 for a block of fewer than four entries; there is nothing to find in it then.
    const count = size === 0 ? 0 : decoder.decode(block, 2, size, this.deltas);
    if (count < 0) throw bad('A block of C3 cannot be decoded', 3);
    let value = first;
    for (let i = 0; value <= f7; i++) {
      if (value === f7) {
        positions.push(index * CHECKPOINT_INTERVAL + i);
        if (positions.length > MAX_MATCHES) throw bad('Too many entries have the same f7', 3);
      }
      if (i === count) break;
      value += this.deltas[i]!;
    }
  }

  private readBlock(index: number): Promise<Uint8Array> {
    const bytes = c3BlockBytes(this.header.k);
    const begin = this.header.c3.begin + index * bytes;
    // Only what was there when the plot was opened may be missing (see requireWholeC3).
    return readExactly(this.source, begin, Math.max(0, Math.min(bytes, this.header.c3.end - begin)));
  }

  private async entry(index: number): Promise<number> {
    const stretch = await this.stretch(Math.floor(index / CHECKPOINT_INTERVAL));
    const value = stretch[index % CHECKPOINT_INTERVAL];
    if (value === undefined) throw bad('C1 ends too early', 1);
    return value;
  }

  private async stretch(number: number): Promise<Float64Array> {
    const known = this.stretches.get(number);
    if (known) return known;
    const from = number * CHECKPOINT_INTERVAL;
    const entries = await readEntries(this.source, this.header.k, this.header.c1, from, CHECKPOINT_INTERVAL);
    const isLast = number === this.c2.length - 1;
    if (entries.length === 0 || (!isLast && entries.length < CHECKPOINT_INTERVAL))
      throw bad('C1 ends too early', 1);
    if (this.stretches.size >= CACHED_STRETCHES) this.stretches.delete(this.stretches.keys().next().value!);
    this.stretches.set(number, entries);
    return entries;
  }

  /** C3 is the last table the reference writes, so this is what notices a file cut short. */
  private async requireWholeC3(): Promise<void> {
    const last = this.c2.length - 1;
    const blocks = last * CHECKPOINT_INTERVAL + (await this.stretch(last)).length;
    const bytes = c3BlockBytes(this.header.k);
    const missing = this.header.c3.begin + blocks * bytes - this.header.c3.end;
    if (missing <= 0) return;
    // The reference leaves out a last block without deltas, and with it the padding of the block before.
    const before = blocks > 1 ? await this.readBlock(blocks - 2) : new Uint8Array(0);
    if (before.length >= 2 && 2 * bytes - missing === 2 + ((before[0]! << 8) | before[1]!)) return;
    throw new PlotFormatError('plot_truncated', `The plot ends ${missing} bytes too early`, {
      missing,
      size: this.source.size,
    });
  }
}

/** Up to `limit` entries of C1 or C2 from entry `from`, without the zero that ends them. They must ascend. */
async function readEntries(
  source: PlotSource,
  k: number,
  region: TableRegion,
  from: number,
  limit: number,
): Promise<Float64Array> {
  const width = checkpointBytes(k);
  const begin = region.begin + from * width;
  const data = await readUpTo(source, begin, Math.max(0, Math.min(limit * width, region.end - begin)));
  const entries = new Float64Array(Math.floor(data.length / width));
  let count = 0;
  for (; count < entries.length; count++) {
    const value = readBitsAt(data, 8 * count * width, k);
    if (from + count > 0 && value === 0) break;
    if (count > 0 && value <= entries[count - 1]!) throw bad('The checkpoints do not ascend', 1);
    entries[count] = value;
  }
  return entries.subarray(0, count);
}

/** The index of the last element that is not above `value`, or -1. */
function lastNotAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function bad(message: string, table: number): PlotFormatError {
  return new PlotFormatError('plot_bad_checkpoints', message, { table: `C${table}` });
}
