import { EXTRA_BITS, EXTRA_BITS_POW, PARAM_BC } from '../constants.js';
import { Fx } from '../verify/fx.js';
import type { Entries, GroupedEntries, Links } from './entries.js';
import { MATCH_OFFSETS, MatchGrid } from './match-grid.js';
import { type PlotProgress, progressOf } from './progress.js';

/** Buckets worked on between two reports of progress. */
const BUCKETS_AT_ONCE = 64;

/** Makes table `table` (2..7) from the one before: all matches of neighbouring buckets, and their f values. */
export function* nextTable(
  k: number,
  table: number,
  from: GroupedEntries,
): Generator<PlotProgress, { entries: Entries; links: Links }> {
  const maker = new TableMaker(k, table, from);
  const pairs = from.starts.length - 2;
  for (let bucket = 0; bucket < pairs; bucket++) {
    maker.addMatches(bucket);
    if (bucket % BUCKETS_AT_ONCE === 0) yield progressOf('forward', table, table - 1, 7, bucket / pairs);
  }
  return maker.result();
}

class TableMaker {
  private count = 0;
  private capacity: number;
  private y: Uint32Array;
  private meta: Uint32Array;
  private left: Uint32Array;
  private right: Uint32Array;
  private readonly fx: Fx;
  private readonly yShift: number;
  private readonly grid: MatchGrid;

  constructor(
    k: number,
    table: number,
    private readonly from: GroupedEntries,
  ) {
    this.fx = new Fx(k, table);
    this.yShift = 32 - k - EXTRA_BITS;
    this.capacity = Math.ceil(from.count * 1.03) + 1024;
    this.y = new Uint32Array(this.capacity);
    this.meta = new Uint32Array(this.capacity * this.fx.outWords);
    this.left = new Uint32Array(this.capacity);
    this.right = new Uint32Array(this.capacity);
    let largest = 0;
    for (let b = 1; b < from.starts.length; b++)
      largest = Math.max(largest, from.starts[b]! - from.starts[b - 1]!);
    this.grid = new MatchGrid(largest);
  }

  /** Adds the matches of a bucket and the next one. */
  addMatches(bucket: number): void {
    const { y, starts } = this.from;
    const start = starts[bucket + 1]!;
    const end = starts[bucket + 2]!;
    if (starts[bucket] === start || start === end) return;
    this.grid.fill(y, start, end, (bucket + 1) * PARAM_BC);
    this.computeUpTo(this.findMatches(bucket, starts[bucket]!, start));
  }

  /**
   * Finds the partners of the entries `[start, end)`, the left bucket, and returns the new number of pairs. All
   * are found before any is computed: a loop this small stays in registers.
   */
  private findMatches(bucket: number, start: number, end: number): number {
    const { grid } = this;
    const { cells } = grid;
    const { y } = this.from;
    const base = bucket * PARAM_BC;
    const offsets = (bucket & 1) * EXTRA_BITS_POW;
    let count = this.count;
    for (let i = start; i < end; i++) {
      const from = MatchGrid.cell(y[i]! - base);
      for (let at = offsets; at < offsets + EXTRA_BITS_POW; at++) {
        const cell = from + MATCH_OFFSETS[at]!;
        if (cells[cell] === 0) continue;
        for (let number = grid.first(cell); number !== 0; number = grid.after(number)) {
          if (count === this.capacity) this.grow();
          this.left[count] = i;
          this.right[count++] = end + number - 1;
        }
      }
    }
    return count;
  }

  result(): { entries: Entries; links: Links } {
    const { count, fx, y, meta, left, right } = this;
    return { entries: { count, words: fx.outWords, y, meta }, links: { count, left, right } };
  }

  /** Computes f for the matches that were added since the last call. */
  private computeUpTo(count: number): void {
    const { fx, from, y, meta, left, right, yShift } = this;
    const { words } = from;
    for (let i = this.count; i < count; i++) {
      const parent = left[i]!;
      fx.compute(
        from.y[parent]! << yShift,
        0,
        from.meta,
        parent * words,
        right[i]! * words,
        meta,
        i * fx.outWords,
      );
      y[i] = fx.y0 >>> yShift;
    }
    this.count = count;
  }

  private grow(): void {
    this.capacity = Math.ceil(this.capacity * 1.1);
    this.y = grown(this.y, this.capacity);
    this.meta = grown(this.meta, this.capacity * this.fx.outWords);
    this.left = grown(this.left, this.capacity);
    this.right = grown(this.right, this.capacity);
  }
}

function grown(values: Uint32Array, length: number): Uint32Array {
  const out = new Uint32Array(length);
  out.set(values);
  return out;
}
