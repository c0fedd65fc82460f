import { isPlotK, PLOT_ID_BYTES, PLOT_ID_SIGNIFICANT_BYTES } from './constants.js';
import { expectedPlotBytes } from './plot-size.js';
import type { PlotReader } from './reader/plot-reader.js';
import { verifyProof } from './verify/verify-proof.js';

/**
 * One kind of proof that data is kept. Whoever draws challenges, judges answers or pays for them works with this,
 * and nothing outside a kind assumes what a subject, a proof or their sizes look like.
 *
 * @typeParam Subject what is kept, as both sides know it
 * @typeParam Held what the keeper answers from
 */
export interface StorageProof<Subject, Held> {
  /** The name of the kind in messages and tables. */
  readonly kind: string;
  /** The bytes by which a subject is known: two subjects with the same ones are the same thing kept. */
  identity(subject: Subject): Uint8Array;
  /**
   * Whether a lot (a hash, already bound to subject and round) falls under the round's threshold: its first four
   * bytes, big-endian, against a number from 0 (nobody) to 2^32 (everybody).
   */
  due(lot: Uint8Array, threshold: number): boolean;
  /**
   * The first answer to a challenge (32 bytes), or null when there is none. Rejects when the data is damaged, and
   * with the signal's reason when that is aborted.
   */
  prove(held: Held, challenge: Uint8Array, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** The proof's quality, or null when it is not valid. Never throws. */
  verify(subject: Subject, challenge: Uint8Array, proof: Uint8Array): Uint8Array | null;
  /** How much a subject counts, in the unit of its kind. */
  quantity(subject: Subject): bigint;
}

/** A plot as both sides know it. */
export interface ChiaV1Subject {
  readonly plotId: Uint8Array;
  readonly k: number;
}

/** Chia plots of format v1, k = 18..50. The quantity is size(k) in bytes, whatever the file takes on disk. */
export const chiaV1: StorageProof<ChiaV1Subject, PlotReader> = {
  kind: 'chia-v1',

  identity({ plotId, k }) {
    const identity = new Uint8Array(PLOT_ID_SIGNIFICANT_BYTES + 1);
    identity.set(plotId.subarray(0, PLOT_ID_SIGNIFICANT_BYTES));
    identity[PLOT_ID_SIGNIFICANT_BYTES] = k;
    return identity;
  },

  due(lot, threshold) {
    return new DataView(lot.buffer, lot.byteOffset, lot.byteLength).getUint32(0) < threshold;
  },

  async prove(plot, challenge, signal) {
    const qualities = await plot.qualities(challenge, signal);
    return qualities.length === 0 ? null : plot.proof(challenge, 0, signal);
  },

  verify({ plotId, k }, challenge, proof) {
    return verifyProof(plotId, k, challenge, proof);
  },

  quantity({ plotId, k }) {
    return isPlotK(k) && plotId.length === PLOT_ID_BYTES ? expectedPlotBytes(k) : 0n;
  },
};
