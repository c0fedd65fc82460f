import { CHALLENGE_BYTES, isPlotK, PLOT_ID_BYTES } from '../constants.js';
import { QUALITY_BYTES } from './quality.js';
import { verifyKernel } from './verify-kernel.js';

/**
 * Checks a proof of space of the kind `chia-v1` and returns its quality. Source: chiapos `src/verifier.hpp`.
 *
 * A proof answers every challenge with the same first k bits, and byte 31 of the plot id does not enter it: bind a
 * proof to the plot and to a challenge that the prover did not choose.
 *
 * @param plotId 32 bytes
 * @param k 18..50
 * @param challenge 32 bytes
 * @param proof 8k bytes: 64 x values of k bits
 * @returns the quality (32 bytes), or null for anything that is not a valid proof; never throws
 */
export function verifyProof(
  plotId: Uint8Array,
  k: number,
  challenge: Uint8Array,
  proof: Uint8Array,
): Uint8Array | null {
  if (!isPlotK(k) || !hasLength(plotId, PLOT_ID_BYTES) || !hasLength(challenge, CHALLENGE_BYTES)) return null;
  if (!hasLength(proof, 8 * k)) return null;
  const kernel = verifyKernel();
  const { bytes, qualities } = kernel;
  bytes.set(plotId, kernel.plotIds);
  bytes.set(challenge, kernel.challenges);
  bytes.set(proof, kernel.proofs);
  return kernel.verify(k, 1, 0) === 1 ? bytes.slice(qualities, qualities + QUALITY_BYTES) : null;
}

function hasLength(bytes: unknown, length: number): bytes is Uint8Array {
  return bytes instanceof Uint8Array && bytes.length === length;
}
