import type { Tampering } from './tamper.js';

/** What a fake Bee does wrong; all of it may be changed while it runs. */
export interface Faults {
  /** A sample takes this much longer. */
  sampleDelayMs: number;
  /** After each `/rchash` a chunk that was sampled is lost: the next commitment differs. */
  reserveChanges: boolean;
  /** 503 on everything but health, readiness, node, addresses and chainstate. */
  syncing: boolean;
  /** The game has frozen the node. */
  frozen: boolean;
  /** 500 instead of a sample, as while eviction runs. */
  sampleFails: boolean;
  /** Samples are mined for the anchor, as if this many chunks were stored; 0 for honest ones. */
  forgedChunks: number;
  /** Every sample is made of its first chunk alone, sixteen times. */
  repeatsChunks: boolean;
  /** Its proofs are made wrong. */
  tampers: Tampering | null;
  /** Stamps everything that it samples with one slot of this batch, 32 bytes hex, which has no buckets. */
  repeatsSlotsOf: string | null;
  /** Answers on paths that begin so stop in the middle. */
  breaksOffAt: string | null;
  /** The overlay that the node says it has, in `/addresses` and `/status`; hex. */
  claimedOverlay: string | null;
}

export const noFaults = (): Faults => ({
  sampleDelayMs: 0,
  reserveChanges: false,
  syncing: false,
  frozen: false,
  sampleFails: false,
  forgedChunks: 0,
  repeatsChunks: false,
  tampers: null,
  repeatsSlotsOf: null,
  breaksOffAt: null,
  claimedOverlay: null,
});
