import { ENTRIES_PER_PARK } from '../../constants.js';
import { parkBytes } from '../../sizes.js';
import type { CompressKernel } from '../compress/compress-kernel.js';
import { LINE_POINT_BYTES, POINT_BYTES, RANK_PAIR_BYTES } from '../compress/widths.js';
import type { Geometry } from '../geometry.js';
import type { StreamHandle } from '../store/stream.js';
import { liveRanges, readLive } from './backward.js';
import { edgeRange } from './forward.js';
import type { ParksStage, PointsStage, Seam, SeamsStage } from './stage.js';
import type { Streams } from './streams.js';

/** Points of one end of a bucket, and of both. */
const END_BYTES = ENTRIES_PER_PARK * POINT_BYTES;
export const SEAM_BYTES = 2 * END_BYTES;

/** Phase 3: links become line points by bucket, then parks, and their order the positions for the next table. */
export class Compress {
  constructor(
    private readonly geometry: Geometry,
    private readonly kernel: CompressKernel,
    private readonly streams: Streams,
  ) {}

  points(stage: PointsStage, bucket: number): void {
    const { table, positions, sizes, edges, xs, ranks, links, next, nextLive, points } = stage;
    const { kernel, streams } = this;
    const slots = new Uint32Array(sizes)[bucket]!;
    const [begin, end] = edgeRange(edges, bucket);
    const count = new Uint32Array(links.sizes)[bucket]!;
    const ranges = liveRanges(next, bucket, this.geometry.buckets);
    kernel.openTable(table, positions);
    const input = kernel.links.open({
      slots,
      edges: end - begin,
      links: count,
      liveBytes: nextLive ? ranges.bytes : 0,
    });
    if (xs) streams.open(xs).read(bucket, 0, input.values);
    if (ranks) {
      const pairs = new Uint32Array(ranks.sizes)[bucket]!;
      input.edgeSlots.set(new Uint32Array(edges.slots, begin * 4, end - begin));
      streams.open(ranks.pairs).read(bucket, 0, input.pairs.subarray(0, pairs * RANK_PAIR_BYTES));
      kernel.links.placeRanks(pairs);
    }
    streams.open(links.records).read(bucket, 0, input.links);
    input.slotStarts.set(ranges.starts);
    if (nextLive) readLive(streams.open(nextLive), ranges, input.live, input.liveStarts);
    const made = kernel.links.linePoints(nextLive === null);
    this.append(points.points, points.sizes, made.counts, made.entries, LINE_POINT_BYTES);
  }

  parks(stage: ParksStage, bucket: number): void {
    const { table, positions, points, bases, ranks, file, start, seams } = stage;
    const { kernel, streams, geometry } = this;
    const count = new Uint32Array(points.sizes)[bucket]!;
    if (count === 0) return;
    kernel.openTable(table, positions);
    streams.open(points.points).read(bucket, 0, kernel.parks.open(count));
    const base = bases[bucket]!;
    const made = kernel.parks.sortAndPark(bucket, base);
    this.append(ranks.pairs, ranks.sizes, made.pairCounts, made.pairs, RANK_PAIR_BYTES);
    const ends = new Uint8Array(seams, bucket * SEAM_BYTES, SEAM_BYTES);
    ends.set(made.head);
    ends.set(made.tail, END_BYTES);
    const firstPark = (base + made.head.length / POINT_BYTES) / ENTRIES_PER_PARK;
    if (made.parks.length > 0) {
      streams.writeFile(file, start + firstPark * parkBytes(geometry.k, table), made.parks);
    }
  }

  seam({ table, positions, list, seams, file, start }: SeamsStage, task: number): void {
    const { park, pieces } = list[task]!;
    const points = new Uint8Array(pieces.reduce((sum, { count }) => sum + count, 0) * POINT_BYTES);
    let at = 0;
    for (const { bucket, end, count } of pieces) {
      const from = bucket * SEAM_BYTES + (end === 'tail' ? END_BYTES : 0);
      points.set(new Uint8Array(seams, from, count * POINT_BYTES), at);
      at += count * POINT_BYTES;
    }
    this.kernel.openTable(table, positions);
    const bytes = this.kernel.parks.encodePark(points);
    this.streams.writeFile(file, start + park * parkBytes(this.geometry.k, table), bytes);
  }

  /** Appends runs, one after the other in `entries`, to their buckets. */
  private append(
    handle: StreamHandle,
    sizes: SharedArrayBuffer,
    counts: Uint32Array,
    entries: Uint8Array,
    bytes: number,
  ): void {
    const ends = new Int32Array(sizes);
    const stream = this.streams.open(handle);
    let at = 0;
    for (let bucket = 0; bucket < counts.length; bucket++) {
      const count = counts[bucket]!;
      if (count === 0) continue;
      const start = Atomics.add(ends, bucket, count);
      if (start + count > handle.capacity) throw new Error('A bucket is larger than any plot should have');
      stream.write(bucket, start, entries.subarray(at, at + count * bytes));
      at += count * bytes;
    }
  }
}

/** The parks that no bucket writes alone, given how many points each has. */
export function seamsOf(counts: Uint32Array, bases: readonly number[]): Seam[] {
  const byPark = new Map<number, { bucket: number; end: 'head' | 'tail'; count: number }[]>();
  const add = (park: number, bucket: number, end: 'head' | 'tail', count: number) => {
    if (count === 0) return;
    const pieces = byPark.get(park) ?? [];
    pieces.push({ bucket, end, count });
    byPark.set(park, pieces);
  };
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket]!;
    const base = bases[bucket]!;
    const head = Math.min(count, (ENTRIES_PER_PARK - (base % ENTRIES_PER_PARK)) % ENTRIES_PER_PARK);
    const tail = (count - head) % ENTRIES_PER_PARK;
    add(Math.floor(base / ENTRIES_PER_PARK), bucket, 'head', head);
    add(Math.floor((base + count - 1) / ENTRIES_PER_PARK), bucket, 'tail', tail);
  }
  return [...byPark].map(([park, pieces]) => ({ park, pieces }));
}
