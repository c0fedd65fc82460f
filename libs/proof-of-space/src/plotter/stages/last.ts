import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK } from '../../constants.js';
import { c3BlockBytes, p7ParkBytes } from '../../sizes.js';
import type { CompressKernel } from '../compress/compress-kernel.js';
import { f7Bytes, RANK_PAIR_BYTES, valueBytes } from '../compress/widths.js';
import type { Geometry } from '../geometry.js';
import type { SortLastStage, WriteLastStage } from './stage.js';
import type { Streams } from './streams.js';

/** Phase 4: table 7 by f7, and P7 and C3 of it. */
export class Last {
  constructor(
    private readonly geometry: Geometry,
    private readonly kernel: CompressKernel,
    private readonly streams: Streams,
  ) {}

  sort({ table, ranks, sorted }: SortLastStage, bucket: number): void {
    const { streams, kernel } = this;
    const slots = new Uint32Array(table.sizes)[bucket]!;
    const count = new Uint32Array(ranks.sizes)[bucket]!;
    if (slots === 0) return;
    const { f7s, pairs } = kernel.last.open(slots);
    streams.open(table.entries).read(bucket, 0, bytesOf(f7s));
    streams.open(ranks.pairs).read(bucket, 0, pairs.subarray(0, count * RANK_PAIR_BYTES));
    const made = kernel.last.sort(bucket, count);
    const out = streams.open(sorted.bytes);
    out.write(bucket, 0, made.f7s);
    out.write(bucket, sorted.positionsAt, made.ranks);
  }

  write(stage: WriteLastStage, task: number): void {
    const { table, first, end } = stage.ranges[task]!;
    if (table === 'P7') this.writeP7(stage, first, end);
    else this.writeC3(stage, first, end);
  }

  private writeP7(stage: WriteLastStage, first: number, end: number): void {
    const { k } = this.geometry;
    const into = this.kernel.last.openP7(end - first);
    this.readRange(stage, stage.sorted.positionsAt, valueBytes(k, 7), first, into);
    const position = stage.p7Start + (first / ENTRIES_PER_PARK) * p7ParkBytes(k);
    this.streams.writeFile(stage.file, position, this.kernel.last.packP7());
  }

  private writeC3(stage: WriteLastStage, first: number, end: number): void {
    const { k } = this.geometry;
    const into = this.kernel.last.openC3(end - first);
    this.readRange(stage, 0, f7Bytes(k), first, into);
    const isLast = end === stage.entries;
    const { blocks, firsts } = this.kernel.last.packC3(isLast);
    const block = first / CHECKPOINT_INTERVAL;
    const position = stage.c3Start + block * c3BlockBytes(k);
    if (blocks.length > 0) this.streams.writeFile(stage.file, position, blocks);
    new Float64Array(stage.c1).set(firsts, block);
    if (isLast) new Float64Array(stage.fileEnd)[0] = position + blocks.length;
  }

  /** Gathers a range of all entries, wherever buckets part it. */
  private readRange(
    { sorted, bases }: WriteLastStage,
    partAt: number,
    width: number,
    first: number,
    into: Uint8Array,
  ): void {
    const stream = this.streams.open(sorted.bytes);
    let bucket = 0;
    while (bases[bucket + 1]! <= first) bucket++;
    for (let at = 0, entry = first; at < into.length; bucket++) {
      const count = Math.min(bases[bucket + 1]! - entry, (into.length - at) / width);
      if (count <= 0) continue;
      const offset = partAt + (entry - bases[bucket]!) * width;
      stream.read(bucket, offset, into.subarray(at, at + count * width));
      at += count * width;
      entry += count;
    }
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
