import { startKernel } from '#libs/kernel';
import plotCompress from '../../generated/plot-compress-wasm.js';
import { parkBytes } from '../../sizes.js';
import type { CompressExports } from './compress-exports.js';
import { CODING_TABLES_BYTES, CompressMemory } from './compress-memory.js';
import { type CompressShape, CompressTable } from './compress-table.js';
import { LastStep } from './last-step.js';
import { type LinkSizes, LinkStep } from './link-step.js';
import { ParkStep } from './park-step.js';
import { valueBytes } from './widths.js';

/** The largest that a kernel's work will be. */
export interface CompressLimits extends LinkSizes {
  /** Line points of a bucket, and how many of them belong to first groups. */
  readonly linePoints: number;
  readonly linePointEdges: number;
  /** Entries of a bucket of table 7. */
  readonly lastSlots: number;
  /** Entries that P7 and C3 are packed of at once. */
  readonly packed: number;
}

/**
 * Phases 3 and 4 on one bucket at a time, in a WebAssembly instance of its own. The steps share its memory: `open` of
 * one ends what the others gave out. Everything is little-endian.
 *
 *     kernel.openTable(t, positions)                    // P1..P6 in turn
 *     kernel.links.open(…), placeRanks, linePoints      // each source bucket of table t
 *     kernel.parks.open(…), sortAndPark; encodePark     // each line point bucket
 *     kernel.last.open(…), sort; openP7, packP7; openC3, packC3
 */
export class CompressKernel {
  readonly links: LinkStep;
  readonly parks: ParkStep;
  readonly last: LastStep;
  private readonly memory: CompressMemory;
  private readonly table: CompressTable;

  constructor(private readonly shape: CompressShape) {
    this.memory = new CompressMemory(startKernel<CompressExports>(plotCompress));
    this.table = new CompressTable(shape, this.memory);
    this.links = new LinkStep(this.table, this.memory);
    this.parks = new ParkStep(shape, this.table, this.memory);
    this.last = new LastStep(shape, this.memory);
  }

  /** Bytes that the kernel's memory takes for work of this size. */
  static memoryBytes(shape: CompressShape, limits: CompressLimits): number {
    return CODING_TABLES_BYTES + 2 ** 16 + workBytes(shape, limits);
  }

  /** Takes the memory for work of this size, so that nothing grows while views are held. */
  reserve(limits: CompressLimits): void {
    this.memory.reserve(workBytes(this.shape, limits));
  }

  /** Turns to P`table`. See `CompressTable.open`. */
  openTable(table: number, positions: number): void {
    this.table.open(table, positions);
  }
}

function workBytes({ k, buckets, linePointBuckets }: CompressShape, limits: CompressLimits): number {
  return Math.max(
    LinkStep.memoryBytes(limits, valueBytes(k, 1), linePointBuckets),
    ParkStep.memoryBytes(limits.linePoints, limits.linePointEdges, buckets, parkBytes(k, 1)),
    LastStep.sortBytes(k, limits.lastSlots),
    LastStep.packBytes(k, limits.packed),
  );
}
