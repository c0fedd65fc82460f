import { ENTRIES_PER_PARK } from '../../constants.js';
import { PlotterError } from '../../errors.js';
import { areas, type CompressMemory } from './compress-memory.js';
import { type CompressShape, type CompressTable, PARK_ROOM_BYTES } from './compress-table.js';
import { PART_BITS, sortCells } from './sort-cells.js';
import { LINE_POINT_BYTES, POINT_BYTES, RANK_PAIR_BYTES } from './widths.js';

/** What came of a line point bucket. Valid until the next `open` of any step. */
export interface ParkedBucket {
  /** Rank pairs for each bucket of the next table. */
  readonly pairCounts: Uint32Array;
  /** u64 each, rank << 26 | edge << 25 | slot, all of bucket 0 first, ascending within a bucket. */
  readonly pairs: Uint8Array;
  /** Line points, u128 each, before the first park that begins in the bucket; all when none does. */
  readonly head: Uint8Array;
  /** Whole parks, of which the first begins at position `baseRank + head.length / 16`. */
  readonly parks: Uint8Array;
  /** Line points, u128 each, after the last whole park. */
  readonly tail: Uint8Array;
}

/** Step B of phase 3: line points are sorted; their positions go back to the entries, themselves into parks. */
export class ParkStep {
  private entriesAt = 0;
  private spareAt = 0;
  private count = 0;

  constructor(
    private readonly shape: CompressShape,
    private readonly table: CompressTable,
    private readonly memory: CompressMemory,
  ) {}

  /** Bytes for a bucket of `entries` line points, of which `edges` are of first groups. */
  static memoryBytes(entries: number, edges: number, buckets: number, parkBytes: number): number {
    return areas(
      2 * entries * LINE_POINT_BYTES,
      4 * sortCells(entries),
      8 * buckets,
      RANK_PAIR_BYTES * (entries + edges),
      PARK_ROOM_BYTES,
      Math.floor(entries / ENTRIES_PER_PARK) * parkBytes,
      2 * ENTRIES_PER_PARK * POINT_BYTES,
      4 * 64,
    );
  }

  /** Room for the line points of a bucket, 12 bytes each: the runs of all sources one after the other. */
  open(count: number): Uint8Array {
    const { memory } = this;
    memory.reset();
    this.count = count;
    this.entriesAt = memory.take(count * LINE_POINT_BYTES);
    this.spareAt = memory.take(count * LINE_POINT_BYTES);
    return memory.bytes(this.entriesAt, count * LINE_POINT_BYTES);
  }

  /**
   * Sorts and encodes what `open` made room for.
   *
   * @param bucket its number
   * @param baseRank line points of the table in the buckets before
   * @throws PlotterError `plotter_failed` when deltas do not fit a park
   */
  sortAndPark(bucket: number, baseRank: number): ParkedBucket {
    const { memory, table, count, shape } = this;
    const { wasm } = memory;
    const cells = memory.take(4 * sortCells(count));
    const counts = memory.take(4 * shape.buckets);
    const places = memory.take(4 * shape.buckets);
    const { width } = table.points;
    const sorted =
      wasm.sortLinePoints(this.entriesAt, count, this.spareAt, cells, width, BigInt(PART_BITS)) >>> 0;
    const free = sorted === this.entriesAt ? this.spareAt : this.entriesAt;

    wasm.countRanks(sorted, count, counts, shape.buckets);
    const pairCounts = memory.u32(counts, shape.buckets);
    const pairBytes = RANK_PAIR_BYTES * sum(pairCounts);
    const pairs = pairBytes <= count * LINE_POINT_BYTES ? free : memory.take(pairBytes);
    const head = Math.min(count, (ENTRIES_PER_PARK - (baseRank % ENTRIES_PER_PARK)) % ENTRIES_PER_PARK);
    const parks = Math.floor((count - head) / ENTRIES_PER_PARK);
    const tail = (count - head) % ENTRIES_PER_PARK;
    const room = memory.take(PARK_ROOM_BYTES);
    const out = memory.take(parks * table.parkBytes);
    const headAt = memory.take(head * POINT_BYTES);
    const tailAt = memory.take(tail * POINT_BYTES);

    wasm.placeRankPairs(sorted, count, BigInt(baseRank), counts, shape.buckets, places, pairs);
    const first = BigInt(bucket) * width;
    const low = BigInt.asIntN(64, first);
    const high = first >> 64n;
    const whole = sorted + head * LINE_POINT_BYTES;
    wasm.copyPoints(sorted, head, low, high, headAt);
    wasm.copyPoints(whole + parks * ENTRIES_PER_PARK * LINE_POINT_BYTES, tail, low, high, tailAt);
    table.openParks(room);
    if (!wasm.encodeParks(whole, parks, low, high, out)) throw this.overflow();
    return {
      pairCounts: memory.u32(counts, shape.buckets),
      pairs: memory.bytes(pairs, pairBytes),
      head: memory.bytes(headAt, head * POINT_BYTES),
      parks: memory.bytes(out, parks * table.parkBytes),
      tail: memory.bytes(tailAt, tail * POINT_BYTES),
    };
  }

  /**
   * Encodes a park whose line points come from several buckets, or the last one, which may be shorter. Ends what
   * other steps hold.
   *
   * @param points 1..2048 ascending u128, little-endian. One alone leaves an empty park, as the reference does.
   * @throws PlotterError `plotter_failed` when deltas do not fit
   */
  encodePark(points: Uint8Array): Uint8Array {
    const { memory, table } = this;
    const count = points.length / POINT_BYTES;
    if (!Number.isInteger(count) || count < 1 || count > ENTRIES_PER_PARK) {
      throw new RangeError(`A park of ${points.length} bytes of line points`);
    }
    memory.reset();
    const room = memory.take(PARK_ROOM_BYTES);
    const pointsAt = memory.take(points.length);
    const out = memory.take(table.parkBytes);
    memory.bytes(pointsAt, points.length).set(points);
    table.openParks(room);
    if (!memory.wasm.encodeSeam(pointsAt, count, out)) throw this.overflow();
    return memory.bytes(out, table.parkBytes);
  }

  private overflow(): PlotterError {
    return new PlotterError(
      'plotter_failed',
      `The deltas of a park of P${this.table.table} do not fit their place`,
    );
  }
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}
