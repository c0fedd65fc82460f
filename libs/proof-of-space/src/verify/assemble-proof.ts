import { isPlotK, PROOF_X_VALUES } from '../constants.js';
import { verifyKernel } from './verify-kernel.js';

/** What the kernel says of x values that are a proof. */
const PROOF = 3;

/**
 * Makes the proof of 64 x values that stand in the order of a plot file: at every level the half with the smaller y
 * goes to the left. Source: chiapos `DiskProver::ReorderProof`.
 *
 * @param plotId, challenge 32 bytes each
 * @param values integers below 2^k
 * @returns 8k bytes, or null when they are no proof of the plot for the challenge
 */
export function assembleProof(
  plotId: Uint8Array,
  k: number,
  challenge: Uint8Array,
  values: ArrayLike<number>,
): Uint8Array | null {
  if (!isPlotK(k) || values.length !== PROOF_X_VALUES) return null;
  const kernel = verifyKernel();
  const limit = 2 ** k;
  for (let i = 0; i < PROOF_X_VALUES; i++) {
    const x = values[i]!;
    if (!Number.isInteger(x) || x < 0 || x >= limit) return null;
    kernel.values[i] = x;
  }
  kernel.bytes.set(plotId, kernel.plotIds);
  kernel.bytes.set(challenge, kernel.challenges);
  return kernel.assemble(k, true) === PROOF ? kernel.bytes.slice(kernel.proofs, kernel.proofs + 8 * k) : null;
}
