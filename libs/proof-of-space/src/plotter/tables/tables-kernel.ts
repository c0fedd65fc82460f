import { startKernel } from '#libs/kernel';
import { PARAM_B } from '../../constants.js';
import plotTables from '../../generated/plot-tables-wasm.js';
import { entryBytes, type Geometry, LINK_BYTES } from '../geometry.js';
import { KernelMemory } from '../kernel-memory.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  firstTable(
    key: number,
    k: number,
    first: bigint,
    count: number,
    runs: number,
    outStride: number,
    capacity: number,
    counts: number,
    buckets: number,
    width: number,
    edges: number,
    edgeRoom: number,
  ): number;
  groupEntries(
    entries: number,
    stride: number,
    count: number,
    groups: number,
    starts: number,
    order: number,
    cells: number,
  ): void;
  findPairs(
    groups: number,
    starts: number,
    order: number,
    cells: number,
    pairs: number,
    capacity: number,
  ): number;
  nextTable(
    k: number,
    table: number,
    entries: number,
    stride: number,
    base: bigint,
    pairs: number,
    count: number,
    links: number,
    runs: number,
    outStride: number,
    capacity: number,
    counts: number,
    buckets: number,
    width: number,
    edges: number,
    edgeRoom: number,
  ): number;
  markLinks(
    links: number,
    count: number,
    live: number,
    cursors: number,
    allLive: number,
    marks: number,
  ): void;
}

/** What one source made: entries in runs by destination bucket, and its edges. Valid until the next call. */
export interface Made {
  /** Entries in the run of each bucket. */
  readonly counts: Uint32Array;
  /** The entries of a run. */
  run(bucket: number): Uint8Array;
  /** (bucket u32, number in its run u32, entry) each. */
  readonly edges: Uint8Array;
  /** A record for each entry in the order they were made; empty for table 1. */
  readonly links: Uint8Array;
}

/**
 * Phases 1 and 2 on one bucket at a time, in a WebAssembly instance of its own. What goes in is written into the
 * views that the `…Input` methods return; every view is valid until the next call of another kind.
 */
export class TablesKernel {
  private readonly wasm = startKernel<Exports>(plotTables);
  private readonly memory = new KernelMemory(this.wasm.memory, this.wasm.heapStart());

  constructor(private readonly geometry: Geometry) {}

  /** Bytes that the kernel's memory takes at most. */
  static memoryBytes(geometry: Geometry): number {
    const { bucketCapacity, edgeCapacity, groups, buckets, runCapacity, k } = geometry;
    const widest = Math.max(...[1, 2, 3, 4, 5, 6].map((table) => entryBytes(k, table)));
    const entries = bucketCapacity + edgeCapacity;
    const perEntry = widest + 4 + 2 + 8 + LINK_BYTES;
    return (
      entries * perEntry +
      (groups + 2) * PARAM_B * 4 +
      buckets * (runCapacity * widest + 4) +
      edgeCapacity * (widest + 8) +
      2 ** 20
    );
  }

  /**
   * Entries of table 1 for the x values of a source.
   *
   * @param key 8 words
   */
  firstTable(key: Uint32Array, source: number): Made {
    const { k, xPerSource, width } = this.geometry;
    const { memory, wasm } = this;
    memory.reset();
    const keyAt = memory.take(32);
    const out = this.outputs(1, 0);
    memory.u32(keyAt, 8).set(key);
    const edges = wasm.firstTable(
      keyAt,
      k,
      BigInt(source) * BigInt(xPerSource),
      xPerSource,
      out.runs,
      out.stride,
      out.capacity,
      out.counts,
      this.geometry.buckets,
      width,
      out.edges,
      out.edgeRoom,
    );
    return this.made(out, edges, 0);
  }

  /** Room for the entries of a bucket of `table` and, after them, its edges. */
  entriesInput(table: number, count: number, edges: number): Uint8Array {
    const stride = entryBytes(this.geometry.k, table);
    this.memory.reset();
    this.entriesAt = this.memory.take((count + edges) * stride);
    return this.memory.bytes(this.entriesAt, (count + edges) * stride);
  }

  private entriesAt = 0;

  /**
   * Entries of table `table` + 1 from those that `entriesInput` took.
   *
   * @param count with the edges
   */
  nextTable(table: number, bucket: number, count: number): Made {
    const { k, groups, width, buckets, bucketCapacity, lastBits } = this.geometry;
    const { memory, wasm, entriesAt } = this;
    const stride = entryBytes(k, table);
    const starts = memory.take(((groups + 1) * PARAM_B + 1) * 4);
    const order = memory.take(count * 4);
    const cells = memory.take(count * 2);
    const pairs = memory.take(bucketCapacity * 8);
    wasm.groupEntries(entriesAt, stride, count, groups, starts, order, cells);
    const found = wasm.findPairs(groups, starts, order, cells, pairs, bucketCapacity);
    if (found === bucketCapacity) throw new Error('A bucket has more pairs than any plot should have');
    const out = this.outputs(table + 1, found);
    const edges = wasm.nextTable(
      k,
      table + 1,
      entriesAt,
      stride,
      BigInt(bucket) * BigInt(width),
      pairs,
      found,
      out.links,
      out.runs,
      out.stride,
      out.capacity,
      out.counts,
      buckets,
      table === 6 ? lastBits : width,
      out.edges,
      out.edgeRoom,
    );
    return this.made(out, edges, found);
  }

  /**
   * Room for the links of a source, the bits of what they made and where each destination's bits begin.
   *
   * @param liveBytes 0 when all are live
   */
  marksInput(
    links: number,
    liveBytes: number,
  ): { links: Uint8Array; live: Uint8Array; cursors: Uint32Array } {
    const { memory, geometry } = this;
    memory.reset();
    this.linksAt = memory.take(links * LINK_BYTES);
    this.cursorsAt = memory.take(geometry.buckets * 4);
    this.liveAt = memory.take(liveBytes);
    return {
      links: memory.bytes(this.linksAt, links * LINK_BYTES),
      live: memory.bytes(this.liveAt, liveBytes),
      cursors: memory.u32(this.cursorsAt, geometry.buckets),
    };
  }

  private linksAt = 0;
  private cursorsAt = 0;
  private liveAt = 0;

  /** The bits of the entries and edges of a bucket that the links of `marksInput` use. */
  mark(links: number, allLive: boolean, entries: number): Uint8Array {
    const { memory, wasm } = this;
    const length = (entries + 7) >>> 3;
    const marks = memory.take(length);
    memory.bytes(marks, length).fill(0);
    wasm.markLinks(this.linksAt, links, this.liveAt, this.cursorsAt, allLive ? 1 : 0, marks);
    return memory.bytes(marks, length);
  }

  private outputs(table: number, found: number): Outputs {
    const { k, buckets, yBuckets, xPerSource, edgeCapacity } = this.geometry;
    const stride = entryBytes(k, table);
    const entries = table === 1 ? xPerSource : found;
    const mean = entries / (table === 7 ? buckets : yBuckets);
    const capacity = Math.ceil(mean + 12 * Math.sqrt(mean) + 16);
    const { memory } = this;
    return {
      stride,
      capacity,
      edgeRoom: edgeCapacity,
      counts: memory.take(buckets * 4),
      links: memory.take(found * LINK_BYTES),
      edges: memory.take(edgeCapacity * (stride + 8)),
      runs: memory.take(buckets * capacity * stride),
    };
  }

  private made(out: Outputs, edges: number, links: number): Made {
    if (edges < 0) throw new Error('One source made more entries for a bucket than any plot should have');
    const { memory } = this;
    const counts = memory.u32(out.counts, this.geometry.buckets);
    return {
      counts,
      run: (bucket) =>
        memory.bytes(out.runs + bucket * out.capacity * out.stride, counts[bucket]! * out.stride),
      edges: memory.bytes(out.edges, edges * (out.stride + 8)),
      links: memory.bytes(out.links, links * LINK_BYTES),
    };
  }
}

interface Outputs {
  readonly stride: number;
  readonly capacity: number;
  readonly edgeRoom: number;
  readonly counts: number;
  readonly links: number;
  readonly edges: number;
  readonly runs: number;
}
