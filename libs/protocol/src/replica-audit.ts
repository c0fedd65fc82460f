import { z } from 'zod';
import { hexOf } from './hex.js';

/** Chunks looked at in one keyed audit at most: 256 MiB of 4096 bytes. */
export const AUDIT_CHUNKS = 65_536;
/** Smallest transformed addresses that make a sample. */
export const AUDIT_ITEMS = 16;

/**
 * Center → keeper: take the chunks of a replica from `first` on under this anchor, and say what sample they give before
 * anything of it is asked for.
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
