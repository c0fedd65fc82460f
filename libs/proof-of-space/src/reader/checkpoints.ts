import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK } from '../constants.js';
import { PlotFormatError } from '../errors.js';
import { FseDecoder } from '../fse/decoder.js';
import { C3_DISTRIBUTION } from '../fse/distributions.js';
import { c3BlockBytes, p7ParkBytes } from '../sizes.js';
import { C1Index } from './c1-index.js';
import type { PlotHeader } from './header.js';
import { p7Positions } from './p7.js';
import { type PlotSource, readExactly } from './source.js';

/** More proofs than this for one challenge only a broken table has (they are Poisson with a mean of one). */
const MAX_MATCHES = 64;

/** Shared by all plots: decoding is synchronous. */
const deltas = new Uint8Array(CHECKPOINT_INTERVAL);
let decoder: FseDecoder | undefined;

/**
 * The index of f7: C1 thinned out in memory, and at most two reads a lookup: the entries of C1 in between, and one
 * or two neighbouring blocks of C3. Unlike the reference prover it also finds the plot's last entries.
 */
export class Checkpoints {
  private constructor(
    private readonly source: PlotSource,
    private readonly header: PlotHeader,
    private readonly c1: C1Index,
  ) {}

  /** @throws PlotFormatError `plot_bad_checkpoints`, those of reading */
  static async open(source: PlotSource, header: PlotHeader, mostMarks?: number): Promise<Checkpoints> {
    const checkpoints = new Checkpoints(source, header, await C1Index.open(source, header, mostMarks));
    await checkpoints.requireWholeC3();
    return checkpoints;
  }

  /** About how many entries the last table has: half a block more or less. */
  get entries(): number {
    return (this.c1.entries - 0.5) * CHECKPOINT_INTERVAL;
  }

  /** Bytes this keeps in memory. */
  get bytes(): number {
    return this.c1.bytes;
  }

  /**
   * Positions in P7 of the entries with this f7: consecutive, in ascending order.
   *
   * @throws PlotFormatError `plot_bad_checkpoints`, those of reading
   */
  async find(f7: number, signal?: AbortSignal): Promise<number[]> {
    const place = await this.c1.find(f7, signal);
    if (!place) return [];
    const { index, value, previous } = place;
    const positions: number[] = [];
    if (value === f7 && previous !== undefined) {
      // Equal entries may have begun in the block before.
      const [before, block] = await this.readBlocks(index - 1, 2, signal);
      this.collect(before!, index - 1, previous, f7, positions);
      this.collect(block!, index, value, f7, positions);
    } else {
      const [block] = await this.readBlocks(index, 1, signal);
      this.collect(block!, index, value, f7, positions);
    }
    return positions;
  }

  /** Adds the matches of C3 block `index`, whose first entry is the C1 entry `first` itself. */
  private collect(block: Uint8Array, index: number, first: number, f7: number, positions: number[]): void {
    const size = sizeOf(block);
    if (size + 2 > c3BlockBytes(this.header.k)) throw bad('A block of C3 is larger than its place');
    decoder ??= new FseDecoder(C3_DISTRIBUTION);
    // The reference writes size 0 for a block of fewer than four entries; there is nothing to find in it then.
    // half a block on average: what lies beyond f7 need not be decoded
    const distance = Math.min(f7 - first, 2 ** 30);
    const count = size === 0 ? 0 : decoder.decode(block, 2, size, deltas, deltas.length + 1, distance);
    if (count < 0) throw bad('A block of C3 cannot be decoded');
    let value = first;
    for (let i = 0; value <= f7; i++) {
      if (value === f7) {
        positions.push(index * CHECKPOINT_INTERVAL + i);
        if (positions.length > MAX_MATCHES) throw bad('Too many entries have the same f7');
      }
      if (i === count) break;
      value += deltas[i]!;
    }
  }

  /** Neighbouring blocks, in one read. */
  private async readBlocks(index: number, count: number, signal?: AbortSignal): Promise<Uint8Array[]> {
    const bytes = c3BlockBytes(this.header.k);
    const begin = this.header.c3.begin + index * bytes;
    // Only what was not there when the plot was opened may be missing (see requireWholeC3).
    const present = Math.max(0, Math.min(count * bytes, this.header.c3.end - begin));
    const data = present === 0 ? new Uint8Array(0) : await readExactly(this.source, begin, present, signal);
    return Array.from({ length: count }, (_, i) => data.subarray(i * bytes, (i + 1) * bytes));
  }

  /**
   * Notices a C3 that ends too early, which is how a plot of chiapos or madMAx cut short shows. A last block
   * without deltas may be missing: chiapos leaves it out, and with it the padding of the block before; madMAx and
   * bladebit leave out the block alone.
   */
  private async requireWholeC3(): Promise<void> {
    const { c3, k } = this.header;
    const bytes = c3BlockBytes(k);
    const blocks = this.c1.entries;
    const missing = c3.begin + blocks * bytes - c3.end;
    if (missing <= 0) return;
    if (missing <= 2 * bytes - 2 && (await this.lastBlockIsEmpty(blocks - 1))) return;
    throw new PlotFormatError('plot_truncated', `The plot ends ${missing} bytes too early`, {
      missing,
      size: this.source.size,
    });
  }

  private async lastBlockIsEmpty(last: number): Promise<boolean> {
    if (last > 0) {
      const [before] = await this.readBlocks(last - 1, 1);
      if (before!.length < 2 || before!.length < 2 + sizeOf(before!)) return false;
    }
    // What P7 holds beyond the entry that begins the last block is zero then.
    const position = last * CHECKPOINT_INTERVAL + 1;
    const p7 = this.header.parks[7]!;
    const parks = Math.floor((p7.end - p7.begin) / p7ParkBytes(this.header.k));
    if (position === parks * ENTRIES_PER_PARK) return true;
    const [next] = await p7Positions(this.source, this.header, [position]);
    return next === 0;
  }
}

/** The size a block of C3 begins with; 0 when the block is not there. */
function sizeOf(block: Uint8Array): number {
  return block.length < 2 ? 0 : (block[0]! << 8) | block[1]!;
}

function bad(message: string): PlotFormatError {
  return new PlotFormatError('plot_bad_checkpoints', message, { table: 'C3' });
}
