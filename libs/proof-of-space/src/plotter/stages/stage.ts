import type { StreamHandle } from '../store/stream.js';

/** u32 by source and bucket, or by bucket, in memory that all threads share. */
export type SharedCounts = SharedArrayBuffer;

/** Where the entries of a table go, or are. */
export interface TableHandle {
  readonly entries: StreamHandle;
  /** Entries of each bucket. */
  readonly sizes: SharedCounts;
  /** For each source and bucket: the slot of the first entry that went there, and how many did. */
  readonly starts: SharedCounts;
  readonly counts: SharedCounts;
}

/**
 * The entries of the first group of every bucket but the first, by the bucket before: they are matched there as well.
 */
export interface EdgesHandle {
  /** u32 by bucket and one more: where its edges begin. */
  readonly begins: SharedCounts;
  /** u32 each, ascending within a bucket: the slot of the edge in the next bucket. */
  readonly slots: SharedArrayBuffer;
  /** The entries themselves. */
  readonly entries: SharedArrayBuffer;
}

/** The links that lead from a table to the next, by source bucket. */
export interface LinksHandle {
  readonly records: StreamHandle;
  /** u32 by source bucket. */
  readonly sizes: SharedCounts;
}

export interface FirstStage {
  readonly kind: 'first';
  readonly tasks: number;
  readonly plotId: Uint8Array;
  readonly to: TableHandle;
}

export interface NextStage {
  readonly kind: 'next';
  /** The table that is read; `table` + 1 is made. */
  readonly table: number;
  readonly tasks: number;
  readonly from: TableHandle;
  readonly edges: EdgesHandle;
  readonly to: TableHandle;
  readonly links: LinksHandle;
  /** Receives x by slot, edges last, when table 1 is read. */
  readonly xs: StreamHandle | null;
}

export interface MarkStage {
  readonly kind: 'mark';
  /** The table whose entries are marked, by the links from it to the next. */
  readonly table: number;
  readonly tasks: number;
  readonly sizes: SharedCounts;
  readonly edges: EdgesHandle;
  readonly links: LinksHandle;
  /** The next table, and its marks; null for table 7, of which every entry counts. */
  readonly next: TableHandle;
  readonly nextLive: StreamHandle | null;
  readonly live: StreamHandle;
  /** A byte for each edge, in their order. */
  readonly edgeMarks: SharedArrayBuffer;
}

/** Adds the marks of the edges, which other buckets made, to those of the buckets where they live. */
export interface MarkEdgesStage {
  readonly kind: 'markEdges';
  readonly table: number;
  readonly tasks: number;
  readonly sizes: SharedCounts;
  readonly edges: EdgesHandle;
  readonly edgeMarks: SharedArrayBuffer;
  readonly live: StreamHandle;
  /** u32 by bucket: receives how many entries are marked. */
  readonly counts: SharedCounts;
}

/** Line points that were made of a table's positions, by bucket. */
export interface PointsHandle {
  readonly points: StreamHandle;
  readonly sizes: SharedCounts;
}

/** Pairs of slot and position of a table, by bucket. */
export interface RanksHandle {
  readonly pairs: StreamHandle;
  readonly sizes: SharedCounts;
}

export interface PointsStage {
  readonly kind: 'points';
  /** The table whose values, x or positions, become line points. */
  readonly table: number;
  readonly tasks: number;
  /** Values lie below it. */
  readonly positions: number;
  readonly sizes: SharedCounts;
  readonly edges: EdgesHandle;
  /** x by slot for table 1, else null. */
  readonly xs: StreamHandle | null;
  readonly ranks: RanksHandle | null;
  readonly links: LinksHandle;
  readonly next: TableHandle;
  readonly nextLive: StreamHandle | null;
  readonly points: PointsHandle;
}

export interface ParksStage {
  readonly kind: 'parks';
  readonly table: number;
  readonly tasks: number;
  readonly positions: number;
  readonly points: PointsHandle;
  /** By bucket: how many points lie in those before. */
  readonly bases: readonly number[];
  /** Receives the positions of the next table's entries. */
  readonly ranks: RanksHandle;
  readonly file: string;
  /** Where the parks of this table begin in it. */
  readonly start: number;
  /** By bucket: the points before its first and after its last whole park, 2048 of 16 bytes each. */
  readonly seams: SharedArrayBuffer;
}

/** A park whose points come from the ends of several buckets, or the last one. */
export interface Seam {
  readonly park: number;
  readonly pieces: readonly {
    readonly bucket: number;
    readonly end: 'head' | 'tail';
    readonly count: number;
  }[];
}

export interface SeamsStage {
  readonly kind: 'seams';
  readonly table: number;
  readonly tasks: number;
  readonly positions: number;
  readonly list: readonly Seam[];
  readonly seams: SharedArrayBuffer;
  readonly file: string;
  readonly start: number;
}

/** Table 7 sorted: for each bucket all f7, then from `positionsAt` on their positions in P6. */
export interface SortedHandle {
  readonly bytes: StreamHandle;
  readonly positionsAt: number;
}

export interface SortLastStage {
  readonly kind: 'sortLast';
  readonly tasks: number;
  readonly table: TableHandle;
  readonly ranks: RanksHandle;
  readonly sorted: SortedHandle;
}

export interface WriteLastStage {
  readonly kind: 'writeLast';
  readonly tasks: number;
  readonly sorted: SortedHandle;
  /** By bucket, and once more at the end: how many entries lie before. */
  readonly bases: readonly number[];
  /** Entries of P7 and of C3, first and end: a task each. */
  readonly ranges: readonly { readonly table: 'P7' | 'C3'; readonly first: number; readonly end: number }[];
  readonly entries: number;
  readonly file: string;
  readonly p7Start: number;
  readonly c3Start: number;
  /** Float64 by block of C3: its first f7. */
  readonly c1: SharedArrayBuffer;
  /** Float64: receives where the file ends. */
  readonly fileEnd: SharedArrayBuffer;
}

export type Stage =
  | FirstStage
  | NextStage
  | MarkStage
  | MarkEdgesStage
  | PointsStage
  | ParksStage
  | SeamsStage
  | SortLastStage
  | WriteLastStage;

/** What a thread found while it worked on a stage. */
export interface StageReport {
  /** Edges of the table made: (bucket u32, slot u32, entry) each. */
  readonly edges: Uint8Array[];
}
