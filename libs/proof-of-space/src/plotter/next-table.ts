import { EXTRA_BITS, EXTRA_BITS_POW, PARAM_BC } from '../constants.js';
import { Fx } from '../verify/fx.js';
import type { Entries, GroupedEntries, Links } from './entries.js';
import { matchTargets } from './match-targets.js';
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
    maker.matchBuckets(bucket);
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
  private readonly targets = matchTargets();
  private readonly yShift: number;
  /** Position + 1 in the right bucket of the last entry with a remainder, and of the one before with the same. */
  private readonly head = new Uint16Array(PARAM_BC);
  private readonly next: Uint16Array;

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
    this.next = new Uint16Array(largest + 1);
  }

  matchBuckets(bucket: number): void {
    const { head, next, targets } = this;
    const { y, starts } = this.from;
    const leftStart = starts[bucket]!;
    const rightStart = starts[bucket + 1]!;
    const rightEnd = starts[bucket + 2]!;
    if (leftStart === rightStart || rightStart === rightEnd) return;
    head.fill(0);
    const rightBase = (bucket + 1) * PARAM_BC;
    for (let i = rightStart; i < rightEnd; i++) {
      const rest = y[i]! - rightBase;
      const position = i - rightStart + 1;
      next[position] = head[rest]!;
      head[rest] = position;
    }
    const leftBase = bucket * PARAM_BC;
    const parityBase = (bucket & 1) * PARAM_BC;
    for (let i = leftStart; i < rightStart; i++) {
      const row = (parityBase + y[i]! - leftBase) * EXTRA_BITS_POW;
      for (let at = row; at < row + EXTRA_BITS_POW; at++) {
        let position = head[targets[at]!]!;
        while (position !== 0) {
          this.add(i, rightStart + position - 1);
          position = next[position]!;
        }
      }
    }
  }

  result(): { entries: Entries; links: Links } {
    const { count, fx, y, meta, left, right } = this;
    return { entries: { count, words: fx.outWords, y, meta }, links: { count, left, right } };
  }

  private add(left: number, right: number): void {
    const { fx, from } = this;
    if (this.count === this.capacity) this.grow();
    const at = this.count++;
    const leftY = from.y[left]! << this.yShift;
    fx.compute(leftY, 0, from.meta, left * from.words, right * from.words, this.meta, at * fx.outWords);
    this.y[at] = fx.y0 >>> this.yShift;
    this.left[at] = left;
    this.right[at] = right;
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
