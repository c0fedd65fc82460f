import { f1Key } from '../../verify/f1.js';
import { entryBytes, type Geometry, xBytes } from '../geometry.js';
import type { Stream } from '../store/stream.js';
import type { Made, TablesKernel } from '../tables/tables-kernel.js';
import type { EdgesHandle, FirstStage, NextStage, TableHandle } from './stage.js';
import type { Streams } from './streams.js';

/** Phase 1: one source of x values, or one bucket of a table, to entries of the next table. */
export class Forward {
  constructor(
    private readonly geometry: Geometry,
    private readonly kernel: TablesKernel,
    private readonly streams: Streams,
  ) {}

  /** @returns the edges made: (bucket u32, slot u32, entry) each */
  first(stage: FirstStage, source: number): Uint8Array {
    const made = this.kernel.firstTable(f1Key(stage.plotId), source);
    return this.keep(stage.to, 1, source, made);
  }

  /** @returns the edges made, as `first` */
  next(stage: NextStage, bucket: number): Uint8Array {
    const { table, from, edges, to, links, xs } = stage;
    const { k } = this.geometry;
    const stride = entryBytes(k, table);
    const own = new Uint32Array(from.sizes)[bucket]!;
    const [begin, end] = edgeRange(edges, bucket);
    const input = this.kernel.entriesInput(table, own, end - begin);
    this.streams.open(from.entries).read(bucket, 0, input.subarray(0, own * stride));
    input.set(new Uint8Array(edges.entries, begin * stride, (end - begin) * stride), own * stride);
    if (xs) keepXs(this.streams.open(xs), bucket, input, stride, xBytes(k));
    const made = this.kernel.nextTable(table, bucket, own + end - begin);
    new Uint32Array(links.sizes)[bucket] = made.links.length / 8;
    this.streams.open(links.records).write(bucket, 0, made.links);
    return this.keep(to, table + 1, bucket, made);
  }

  /** Appends each run to its bucket. The slot of an entry is where it came to lie. */
  private keep(to: TableHandle, table: number, source: number, made: Made): Uint8Array {
    const { buckets, k } = this.geometry;
    const stride = entryBytes(k, table);
    const sizes = new Int32Array(to.sizes);
    const starts = new Uint32Array(to.starts, source * buckets * 4, buckets);
    const counts = new Uint32Array(to.counts, source * buckets * 4, buckets);
    const stream = this.streams.open(to.entries);
    counts.set(made.counts);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const count = counts[bucket]!;
      if (count === 0) continue;
      const start = Atomics.add(sizes, bucket, count);
      if (start + count > to.entries.capacity)
        throw new Error('A bucket is larger than any plot should have');
      starts[bucket] = start;
      stream.write(bucket, start, made.run(bucket));
    }
    const edges = made.edges.slice();
    const view = new DataView(edges.buffer);
    for (let at = 0; at < edges.length; at += 8 + stride) {
      view.setUint32(at + 4, view.getUint32(at + 4, true) + starts[view.getUint32(at, true)]!, true);
    }
    return edges;
  }
}

/** First and end of a bucket's edges. */
export function edgeRange({ begins }: EdgesHandle, bucket: number): [number, number] {
  const at = new Uint32Array(begins);
  return [at[bucket]!, at[bucket + 1]!];
}

function keepXs(xs: Stream, bucket: number, entries: Uint8Array, stride: number, bytes: number): void {
  const count = entries.length / stride;
  const words = bytes / 4;
  const from = new Uint32Array(entries.buffer, entries.byteOffset, entries.length / 4);
  const out = new Uint32Array(count * words);
  for (let i = 0, at = 1; i < count; i++, at += stride / 4) {
    out[i * words] = from[at]!;
    if (words === 2) out[i * words + 1] = from[at + 1]!;
  }
  xs.write(bucket, 0, new Uint8Array(out.buffer));
}
