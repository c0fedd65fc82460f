import { buildCodingTable } from '../../fse/coding-table.js';
import { PARK_DISTRIBUTIONS } from '../../fse/distributions.js';
import { deltasBytes, parkBytes, stubBits, stubsBytes } from '../../sizes.js';
import type { CompressMemory } from './compress-memory.js';
import { type LinePointBuckets, linePointBuckets } from './line-point-buckets.js';
import { valueBytes } from './widths.js';

/** How a plot is cut into buckets, as far as phases 3 and 4 care. */
export interface CompressShape {
  readonly k: number;
  /** The most buckets by y or f7 that any table has; at most 4096. */
  readonly buckets: number;
  /** Line point buckets of each table; at most 4096. */
  readonly linePointBuckets: number;
  /** Bits of f7 within a bucket of table 7, at most 25. */
  readonly lastBits: number;
}

/** Bytes of the deltas of a park and what they are coded to. */
export const PARK_ROOM_BYTES = 8192;

/** What P1..P6 differ in; `open` before anything of a table is made. */
export class CompressTable {
  private current = { table: 0, parkBytes: 0, valueBytes: 4, points: linePointBuckets(2, 1, false) };

  constructor(
    private readonly shape: CompressShape,
    private readonly memory: CompressMemory,
  ) {}

  /**
   * @param table 1..6: P1..P6, made of values of that table
   * @param positions line points are made of numbers below it: 2^k for P1, then how many entries the park table
   * before has
   * @throws RangeError when there are too few buckets or too many positions for their widths
   */
  open(table: number, positions: number): void {
    const { k, linePointBuckets: buckets } = this.shape;
    const distribution = PARK_DISTRIBUTIONS[table];
    if (!distribution) throw new RangeError(`P${table} has no line points`);
    const width = valueBytes(k, table);
    if (positions > 2 ** (width === 4 ? 32 : 36)) throw new RangeError(`P${table} of ${positions} positions`);
    const points = linePointBuckets(positions, buckets, width === 8);
    if (this.current.table !== table) {
      this.memory.setCodingTable(this.memory.parkCodingAt, buildCodingTable(distribution));
    }
    this.current = { table, parkBytes: parkBytes(k, table), valueBytes: width, points };
  }

  get table(): number {
    return this.current.table;
  }

  get parkBytes(): number {
    return this.current.parkBytes;
  }

  get valueBytes(): number {
    return this.current.valueBytes;
  }

  get points(): LinePointBuckets {
    return this.current.points;
  }

  /** Tells the kernel about the parks of this table. @param room address of `PARK_ROOM_BYTES` */
  openParks(room: number): void {
    const { k } = this.shape;
    const { table } = this.current;
    this.memory.wasm.openParks(
      this.memory.parkCodingAt,
      PARK_DISTRIBUTIONS[table]!.symbols,
      2 * k,
      stubBits(k),
      stubsBytes(k),
      deltasBytes(table),
      room,
    );
  }
}
