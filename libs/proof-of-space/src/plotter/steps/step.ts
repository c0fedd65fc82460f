import type { PlotIdentity } from '../../reader/header.js';
import type { Geometry } from '../geometry.js';
import type { PlotLayout } from '../layout.js';
import type {
  EdgesHandle,
  LinksHandle,
  PointsHandle,
  RanksHandle,
  SortedHandle,
  TableHandle,
} from '../stages/stage.js';
import type { Space } from '../store/space.js';
import type { StreamHandle } from '../store/stream.js';
import type { Crew } from '../threads/crew.js';

/** What steps hand on: at index t of each list, what belongs to table t. All of it can be saved and read back. */
export interface PlotState {
  readonly tables: (TableHandle | null)[];
  readonly edges: (EdgesHandle | null)[];
  /** The links that made table t. */
  readonly links: (LinksHandle | null)[];
  /** x by slot of table 1. */
  xs: StreamHandle | null;
  /** A bit for each entry of table t that leads to table 7; none for table 7 itself. */
  readonly live: (StreamHandle | null)[];
  /** Entries of P1..P6 at index 1..6. */
  readonly entries: number[];
  points: PointsHandle | null;
  /** Positions in the table of which the last points were made. */
  ranks: RanksHandle | null;
  sorted: SortedHandle | null;
}

/** What a step works with. */
export interface Workshop {
  readonly identity: PlotIdentity;
  readonly geometry: Geometry;
  readonly crew: Crew;
  readonly space: Space;
  readonly state: PlotState;
  /** The unfinished plot file. */
  readonly file: string;
  /** Known once phase 2 is done. */
  readonly layout: () => PlotLayout;
}

/** A piece of the work that is done whole or again. */
export interface Step {
  readonly phase: 'forward' | 'backward' | 'compress' | 'write';
  /** The table made, marked or written. */
  readonly table: number;
  /** Its part of the whole time, in no particular unit. */
  readonly weight: number;
  /** @returns streams that nothing needs any more once the step's outcome is safe */
  run(shop: Workshop): Promise<(StreamHandle | null | undefined)[]>;
}

export function emptyState(): PlotState {
  return {
    tables: [],
    edges: [],
    links: [],
    xs: null,
    live: [],
    entries: [],
    points: null,
    ranks: null,
    sorted: null,
  };
}

/** Zeros that all threads see: `count` of 32 bits. */
export function sharedCounts(count: number): SharedArrayBuffer {
  return new SharedArrayBuffer(Math.max(4, count * 4));
}
