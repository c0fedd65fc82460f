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
}

export type Stage = FirstStage | NextStage | MarkStage | MarkEdgesStage;

/** What a thread found while it worked on a stage. */
export interface StageReport {
  /** Edges of the table made: (bucket u32, slot u32, entry) each. */
  readonly edges: Uint8Array[];
}
