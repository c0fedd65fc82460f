import { PlotterError } from '../../errors.js';
import { areas, type CompressMemory } from './compress-memory.js';
import type { CompressTable } from './compress-table.js';
import { LINE_POINT_BYTES, RANK_PAIR_BYTES } from './widths.js';

const LINK_BYTES = 8;
/** A link's field of the destination bucket reaches so far, whatever was asked for. */
const CURSORS = 4096;
const CURSOR_BYTES = 8;

/** How large the parts of a source bucket are. */
export interface LinkSizes {
  /** Entries of the bucket itself, and of the first group of the next one. */
  readonly slots: number;
  readonly edges: number;
  /** Its links, dead ones included. */
  readonly links: number;
  /** Bytes of the bits that say which of the linked entries count. */
  readonly liveBytes: number;
}

/** Views to be filled, valid until the next `open` of any step. */
export interface LinkInput {
  /** x (table 1) as u32 or u64 by slot, then by edge; filled by `placeRanks` for the tables above. */
  readonly values: Uint8Array;
  /** Ascending slots of the edges in the next bucket; for `placeRanks` only. */
  readonly edgeSlots: Uint32Array;
  /** u64 each: rank << 26 | edge << 25 | slot. For `placeRanks`; shares its place with `links`. */
  readonly pairs: Uint8Array;
  /** u64 each: left 25 | right 26 | bucket 12 | edge 1, from the lowest bit on. Fill after `placeRanks`. */
  readonly links: Uint8Array;
  /** Bits, least significant first. */
  readonly live: Uint8Array;
  /** By destination bucket: slot of the first entry that came from this source. */
  readonly slotStarts: Uint32Array;
  /** By destination bucket: the bit in `live` of that entry. */
  readonly liveStarts: Uint32Array;
}

/** Line points of one source, valid until the next `open` of any step. */
export interface LinePointRuns {
  /** Line points that fall into each bucket. */
  readonly counts: Uint32Array;
  /** 12 bytes each, all of bucket 0 first, then those of bucket 1, and so on. */
  readonly entries: Uint8Array;
}

/** Step A of phase 3: the links of a source bucket become line points, grouped by line point bucket. */
export class LinkStep {
  private sizes: LinkSizes = { slots: 0, edges: 0, links: 0, liveBytes: 0 };
  private valuesAt = 0;
  private edgeSlotsAt = 0;
  private recordsAt = 0;
  private liveAt = 0;
  private slotStartsAt = 0;
  private liveStartsAt = 0;
  private cursorsAt = 0;
  private countsAt = 0;
  private placesAt = 0;
  private foundAt = 0;
  private outAt = 0;

  constructor(
    private readonly table: CompressTable,
    private readonly memory: CompressMemory,
  ) {}

  /** Bytes for a source of these sizes: about 8 or 4 for a value, 36 for a link. */
  static memoryBytes(
    { slots, edges, links, liveBytes }: LinkSizes,
    valueBytes: number,
    linePointBuckets: number,
  ): number {
    return areas(
      (slots + edges) * valueBytes,
      edges * 4,
      Math.max((slots + edges) * RANK_PAIR_BYTES, links * LINK_BYTES),
      liveBytes,
      CURSORS * (4 + 4 + CURSOR_BYTES),
      (2 * linePointBuckets + 1) * 4,
      (links + 1) * 16,
      links * LINE_POINT_BYTES,
      5 * 64,
    );
  }

  /** Lays out the memory for a source. */
  open(sizes: LinkSizes): LinkInput {
    const { memory, table } = this;
    const { slots, edges, links, liveBytes } = sizes;
    const { buckets } = table.points;
    const recordBytes = Math.max((slots + edges) * RANK_PAIR_BYTES, links * LINK_BYTES);
    memory.reset();
    this.sizes = sizes;
    this.valuesAt = memory.take((slots + edges) * table.valueBytes);
    this.edgeSlotsAt = memory.take(edges * 4);
    this.recordsAt = memory.take(recordBytes);
    this.liveAt = memory.take(liveBytes);
    this.slotStartsAt = memory.take(CURSORS * 4);
    this.liveStartsAt = memory.take(CURSORS * 4);
    this.cursorsAt = memory.take(CURSORS * CURSOR_BYTES);
    this.countsAt = memory.take((buckets + 1) * 4);
    this.placesAt = memory.take(buckets * 4);
    this.foundAt = memory.take((links + 1) * 16);
    this.outAt = memory.take(links * LINE_POINT_BYTES);
    return {
      values: memory.bytes(this.valuesAt, (slots + edges) * table.valueBytes),
      edgeSlots: memory.u32(this.edgeSlotsAt, edges),
      pairs: memory.bytes(this.recordsAt, recordBytes),
      links: memory.bytes(this.recordsAt, links * LINK_BYTES),
      live: memory.bytes(this.liveAt, liveBytes),
      slotStarts: memory.u32(this.slotStartsAt, CURSORS),
      liveStarts: memory.u32(this.liveStartsAt, CURSORS),
    };
  }

  /**
   * Makes the values of tables 2..6 out of the first `count` pairs.
   *
   * @throws PlotterError `plotter_failed` when a pair names no entry of the bucket
   */
  placeRanks(count: number): void {
    const { slots, edges } = this.sizes;
    const wide = this.table.valueBytes === 8 ? 1 : 0;
    const placed = this.memory.wasm.placeRanks(
      this.recordsAt,
      count,
      this.valuesAt,
      slots,
      this.edgeSlotsAt,
      edges,
      wide,
    );
    if (!placed) throw new PlotterError('plotter_failed', 'A position belongs to no entry of its bucket');
  }

  /**
   * The line points of the live links.
   *
   * @param allLive every link counts, and `live` and `liveStarts` are not looked at
   * @throws PlotterError `plotter_failed` when a line point lies beyond all buckets
   */
  linePoints(allLive: boolean): LinePointRuns {
    const { memory, table } = this;
    const { buckets, shift, inverse, width } = table.points;
    this.setCursors(allLive);
    const found = memory.wasm.findLinePoints(
      this.recordsAt,
      this.sizes.links,
      this.valuesAt,
      table.valueBytes === 8 ? 1 : 0,
      this.cursorsAt,
      this.liveAt,
      allLive ? 1 : 0,
      buckets,
      BigInt(shift),
      inverse,
      width,
      this.foundAt,
      this.countsAt,
    );
    const counts = memory.u32(this.countsAt, buckets + 1);
    if (counts[buckets] !== 0) {
      throw new PlotterError('plotter_failed', `A line point of P${table.table} is too large`);
    }
    memory.wasm.groupLinePoints(this.foundAt, found, this.countsAt, buckets, this.placesAt, this.outAt);
    return {
      counts: counts.subarray(0, buckets),
      entries: memory.bytes(this.outAt, found * LINE_POINT_BYTES),
    };
  }

  private setCursors(allLive: boolean): void {
    const { memory } = this;
    const cursors = memory.u32(this.cursorsAt, CURSORS * 2);
    const slotStarts = memory.u32(this.slotStartsAt, CURSORS);
    const liveStarts = memory.u32(this.liveStartsAt, CURSORS);
    for (let bucket = 0; bucket < CURSORS; bucket++) {
      cursors[2 * bucket] = slotStarts[bucket]!;
      cursors[2 * bucket + 1] = allLive ? 0 : liveStarts[bucket]!;
    }
  }
}
