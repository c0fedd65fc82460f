import type { Geometry } from '../geometry.js';
import type { Stream } from '../store/stream.js';
import type { TablesKernel } from '../tables/tables-kernel.js';
import { edgeRange } from './forward.js';
import type { MarkEdgesStage, MarkStage, TableHandle } from './stage.js';
import type { Streams } from './streams.js';

/** Phase 2: which entries of a bucket lead to table 7. */
export class Backward {
  constructor(
    private readonly geometry: Geometry,
    private readonly kernel: TablesKernel,
    private readonly streams: Streams,
  ) {}

  mark(stage: MarkStage, bucket: number): void {
    const { sizes, edges, links, next, nextLive, live, edgeMarks } = stage;
    const own = new Uint32Array(sizes)[bucket]!;
    const [begin, end] = edgeRange(edges, bucket);
    const count = new Uint32Array(links.sizes)[bucket]!;
    const ranges = nextLive ? liveRanges(next, bucket, this.geometry.buckets) : null;
    const input = this.kernel.marksInput(count, ranges?.bytes ?? 0);
    this.streams.open(links.records).read(bucket, 0, input.links);
    if (nextLive && ranges) readLive(this.streams.open(nextLive), ranges, input.live, input.cursors);
    const marks = this.kernel.mark(count, nextLive === null, own + end - begin);
    const flags = new Uint8Array(edgeMarks, begin, end - begin);
    for (let i = 0; i < flags.length; i++) flags[i] = (marks[(own + i) >>> 3]! >>> ((own + i) & 7)) & 1;
    const bytes = (own + 7) >>> 3;
    // the bits beyond the bucket's own entries are those of edges
    if ((own & 7) !== 0) marks[bytes - 1]! &= (1 << (own & 7)) - 1;
    this.streams.open(live).write(bucket, 0, marks.subarray(0, bytes));
  }

  /** Also counts the marks of the bucket. */
  markEdges({ sizes, edges, edgeMarks, live, counts }: MarkEdgesStage, bucket: number): void {
    const marks = new Uint8Array((new Uint32Array(sizes)[bucket]! + 7) >>> 3);
    const stream = this.streams.open(live);
    stream.read(bucket, 0, marks);
    if (bucket > 0) {
      const [begin, end] = edgeRange(edges, bucket - 1);
      const slots = new Uint32Array(edges.slots);
      const flags = new Uint8Array(edgeMarks);
      for (let i = begin; i < end; i++) {
        const slot = slots[i]!;
        if (flags[i] === 1) marks[slot >>> 3]! |= 1 << (slot & 7);
      }
      stream.write(bucket, 0, marks);
    }
    new Uint32Array(counts)[bucket] = countBits(marks);
  }
}

/** Copies the bits of what a source made, and sets for each destination bucket where they begin. */
export function readLive(live: Stream, ranges: LiveRanges, into: Uint8Array, cursors: Uint32Array): void {
  let at = 0;
  for (let bucket = 0; bucket < ranges.starts.length; bucket++) {
    const length = ranges.lengths[bucket]!;
    cursors[bucket] = at * 8 + (ranges.starts[bucket]! & 7);
    if (length > 0) live.read(bucket, ranges.firsts[bucket]!, into.subarray(at, at + length));
    at += length;
  }
}

/** Bytes of live bits that one source needs of each bucket. */
export interface LiveRanges {
  readonly starts: Uint32Array;
  readonly firsts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly bytes: number;
}

export function liveRanges(table: TableHandle, source: number, buckets: number): LiveRanges {
  const starts = new Uint32Array(table.starts, source * buckets * 4, buckets);
  const counts = new Uint32Array(table.counts, source * buckets * 4, buckets);
  const firsts = new Uint32Array(buckets);
  const lengths = new Uint32Array(buckets);
  let bytes = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const count = counts[bucket]!;
    if (count === 0) continue;
    const first = starts[bucket]! >>> 3;
    firsts[bucket] = first;
    lengths[bucket] = ((starts[bucket]! + count + 7) >>> 3) - first;
    bytes += lengths[bucket]!;
  }
  return { starts, firsts, lengths, bytes };
}

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    let bits = bytes[i]!;
    bits -= (bits >>> 1) & 0x55;
    bits = (bits & 0x33) + ((bits >>> 2) & 0x33);
    count += (bits + (bits >>> 4)) & 0x0f;
  }
  return count;
}
