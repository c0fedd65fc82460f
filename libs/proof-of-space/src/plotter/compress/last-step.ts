import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK } from '../../constants.js';
import { PlotterError } from '../../errors.js';
import { c3BlockBytes, p7ParkBytes } from '../../sizes.js';
import { areas, type CompressMemory } from './compress-memory.js';
import type { CompressShape } from './compress-table.js';
import { PART_BITS, sortCells } from './sort-cells.js';
import { f7Bytes, RANK_PAIR_BYTES, valueBytes } from './widths.js';

/** Bytes of the deltas of a block of C3 and what they are coded to. */
const BLOCK_ROOM_BYTES = 40_000;

/** Table 7 in the order of P7 and C3, a bucket. Valid until the next `open…` of any step. */
export interface SortedLast {
  /** Absolute f7, `f7Bytes(k)` each. */
  readonly f7s: Uint8Array;
  /** Positions in P6, `valueBytes(k, 7)` each. */
  readonly ranks: Uint8Array;
}

/** Blocks of C3. Valid until the next `open…` of any step. */
export interface C3Blocks {
  /** As they lie in the file. */
  readonly blocks: Uint8Array;
  /** The first f7 of each block, also of one that the reference leaves out: entries of C1. */
  readonly firsts: Float64Array;
}

/** Phase 4: table 7 sorted, P7 and the blocks of C3. */
export class LastStep {
  private pairsAt = 0;
  private f7sAt = 0;
  private ranksAt = 0;
  private slots = 0;
  private count = 0;

  constructor(
    private readonly shape: CompressShape,
    private readonly memory: CompressMemory,
  ) {}

  /** Bytes for a bucket of `slots` entries of table 7. */
  static sortBytes(k: number, slots: number): number {
    return areas(
      slots * 4,
      2 * slots * RANK_PAIR_BYTES,
      4 * sortCells(slots),
      slots * (f7Bytes(k) + valueBytes(k, 7)),
      3 * 64,
    );
  }

  /** Bytes for a range of `count` entries, P7 or C3, whichever is more. */
  static packBytes(k: number, count: number): number {
    const p7 = areas(count * valueBytes(k, 7), Math.ceil(count / ENTRIES_PER_PARK) * p7ParkBytes(k));
    const blocks = Math.ceil(count / CHECKPOINT_INTERVAL) * c3BlockBytes(k);
    return Math.max(p7, areas(count * f7Bytes(k), BLOCK_ROOM_BYTES, blocks));
  }

  /**
   * Room for a bucket of table 7: f7 by slot, relative to the bucket, and the rank pairs, u64 each, in any order:
   * rank << 26 | slot.
   */
  open(slots: number): { readonly f7s: Uint32Array; readonly pairs: Uint8Array } {
    const { memory } = this;
    memory.reset();
    this.slots = slots;
    this.f7sAt = memory.take(slots * 4);
    this.pairsAt = memory.take(slots * RANK_PAIR_BYTES);
    return {
      f7s: memory.u32(this.f7sAt, slots),
      pairs: memory.bytes(this.pairsAt, slots * RANK_PAIR_BYTES),
    };
  }

  /**
   * The entries of the first `count` pairs, at most as many as there are slots, by f7 and then by position in P6.
   *
   * @param bucket its first f7 is bucket * 2^lastBits
   * @throws PlotterError `plotter_failed` when a pair or an f7 does not belong to the bucket
   */
  sort(bucket: number, count: number): SortedLast {
    const { k, lastBits } = this.shape;
    const { memory } = this;
    if (count > this.slots) throw new RangeError(`${count} pairs for ${this.slots} entries`);
    const f7Width = f7Bytes(k);
    const rankWidth = valueBytes(k, 7);
    const room = memory.take(count * RANK_PAIR_BYTES);
    const cells = memory.take(4 * sortCells(count));
    const f7s = memory.take(count * f7Width);
    const ranks = memory.take(count * rankWidth);
    const width = 2 ** lastBits;
    const { wasm } = memory;
    const parts = BigInt(PART_BITS);
    const sorted =
      wasm.sortLast(this.pairsAt, count, this.f7sAt, this.slots, width, room, cells, parts) >>> 0;
    if (sorted === 0) {
      throw new PlotterError('plotter_failed', 'An entry of table 7 does not belong to its bucket');
    }
    const first = BigInt(bucket) * BigInt(width);
    wasm.splitLast(sorted, count, first, f7s, Number(f7Width === 8), ranks, Number(rankWidth === 8));
    return { f7s: memory.bytes(f7s, count * f7Width), ranks: memory.bytes(ranks, count * rankWidth) };
  }

  /** Room for the positions of a range of P7 that begins with a park, `valueBytes(k, 7)` each. */
  openP7(count: number): Uint8Array {
    const { memory } = this;
    const bytes = count * valueBytes(this.shape.k, 7);
    memory.reset();
    this.count = count;
    this.ranksAt = memory.take(bytes);
    return memory.bytes(this.ranksAt, bytes);
  }

  /** The parks of what `openP7` made room for, the last one filled with zeros. */
  packP7(): Uint8Array {
    const { k } = this.shape;
    const { memory, count } = this;
    const bytes = Math.ceil(count / ENTRIES_PER_PARK) * p7ParkBytes(k);
    const out = memory.take(bytes);
    memory.wasm.packP7(this.ranksAt, count, Number(valueBytes(k, 7) === 8), k + 1, out);
    return memory.bytes(out, bytes);
  }

  /** Room for the absolute f7 of a range of C3 that begins with a block, `f7Bytes(k)` each. */
  openC3(count: number): Uint8Array {
    const { memory } = this;
    const bytes = count * f7Bytes(this.shape.k);
    memory.reset();
    this.count = count;
    this.f7sAt = memory.take(bytes);
    return memory.bytes(this.f7sAt, bytes);
  }

  /**
   * The blocks of what `openC3` made room for.
   *
   * The reference does not write a last block without deltas, nor does it then pad the block before, because it
   * pads by writing the next one. So a last range must not be a block of one entry alone, except of a whole table.
   *
   * @param last nothing follows
   * @throws PlotterError `plotter_failed` when deltas do not fit a block
   */
  packC3(last: boolean): C3Blocks {
    const { k } = this.shape;
    const { memory, count } = this;
    const { wasm } = memory;
    const wide = f7Bytes(k) === 8;
    const blockBytes = c3BlockBytes(k);
    const total = Math.ceil(count / CHECKPOINT_INTERVAL);
    const room = memory.take(BLOCK_ROOM_BYTES);
    const out = memory.take(total * blockBytes);
    const { buffer } = wasm.memory;
    const f7s = wide ? new BigUint64Array(buffer, this.f7sAt, count) : memory.u32(this.f7sAt, count);
    const firsts = new Float64Array(total);
    let written = 0;
    for (let block = 0; block < total; block++) {
      const start = block * CHECKPOINT_INTERVAL;
      firsts[block] = Number(f7s[start]!);
      const inBlock = Math.min(CHECKPOINT_INTERVAL, count - start);
      if (inBlock === 1) break;
      const bytes = wasm.packC3(
        this.f7sAt + start * f7Bytes(k),
        inBlock,
        Number(wide),
        memory.c3CodingAt,
        memory.c3SymbolLimit,
        blockBytes,
        room,
        out + written,
      );
      if (bytes < 0) throw new PlotterError('plotter_failed', 'The deltas of a block of C3 do not fit');
      written += last && count - start - inBlock === 1 ? bytes : blockBytes;
    }
    return { blocks: memory.bytes(out, written), firsts };
  }
}
