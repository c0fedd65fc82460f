import { z } from 'zod';
import { hexOf } from './hex.js';

/** Chunks looked at in one keyed audit at most: 256 MiB of 4096 bytes. */
export const AUDIT_CHUNKS = 65_536;
/** Smallest transformed addresses that make a sample. */
export const AUDIT_ITEMS = 16;

/** Consecutive chunks of a replica; after its last comes its first, so that every chunk lies in equally many windows. */
export interface ChunkWindow {
  first: number;
  chunks: number;
}

/**
 * The window of an audit: all chunks of a replica, or as many as are looked at in one audit.
 *
 * @param lot a random number far above `all`
 * @param all chunks of the replica
 * @param most that are looked at, no more than `AUDIT_CHUNKS`
 */
export function auditWindow(lot: number, all: number, most: number): ChunkWindow {
  return all <= most ? { first: 0, chunks: all } : { first: lot % all, chunks: most };
}

/** The chunks of a window in runs [from, to): one, or two around the end of the replica. */
export function windowRuns({ first, chunks }: ChunkWindow, all: number): [number, number][] {
  const over = first + chunks - all;
  if (over <= 0) return [[first, first + chunks]];
  return [
    [first, all],
    [0, over],
  ];
}

/**
 * The longer run of a window around the end, for clients that know no such windows; null: it goes around no end. Either
 * run reaches the edge, so that who calls itself old wins nothing by leaving chunks there away.
 */
export function longestRun(window: ChunkWindow, all: number): ChunkWindow | null {
  const runs = windowRuns(window, all).map(([first, to]) => ({ first, chunks: to - first }));
  const [tail, head] = runs;
  if (!tail || !head) return null;
  return head.chunks > tail.chunks ? head : tail;
}

/** Whether a window lies in a replica of so many chunks. */
export const windowFits = ({ first, chunks }: ChunkWindow, all: number): boolean =>
  first < all && chunks <= all;

/** Whether a chunk of the replica is one of the window's. */
export const isInWindow = (index: number, window: ChunkWindow, all: number): boolean =>
  windowRuns(window, all).some(([from, to]) => index >= from && index < to);

/**
 * Center → keeper: take the chunks of a window of a replica under this anchor, and say what sample they give before
 * anything of it is asked for. Older clients refuse a window that goes on at the beginning (`bad_request`).
 */
export const replicaSample = z.strictObject({
  auditId: z.uuid(),
  plotId: hexOf(32),
  /** Key put before every hash; never used before. */
  anchor: hexOf(32),
  first: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  chunks: z.number().int().min(1).max(AUDIT_CHUNKS),
});
export type ReplicaSample = z.infer<typeof replicaSample>;

/** The commitment of a sample, hex: the Swarm address of its list of addresses and transformed addresses. */
export const sampleCommitment = z.strictObject({ commitment: hexOf(32) });
export type SampleCommitment = z.infer<typeof sampleCommitment>;

/** Center → keeper: open what was committed to in this audit. */
export const sampleOpening = z.strictObject({ auditId: z.uuid() });

/** Positions of the sampled chunks in the replica, by transformed address. */
export const openedSample = z.strictObject({
  chunks: z.array(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)).min(1).max(AUDIT_ITEMS),
});
export type OpenedSample = z.infer<typeof openedSample>;
