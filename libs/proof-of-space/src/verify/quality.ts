import { verifyKernel } from './verify-kernel.js';

export const QUALITY_BYTES = 32;

/**
 * The quality of a proof, from the pair of x values that the challenge selects: SHA-256 of the challenge and both, k
 * bits each, zero padded to whole bytes. Source: chiapos `DiskProver::GetQualitiesForChallenge`.
 *
 * @param k 18..50
 * @param challenge 32 bytes
 * @param first, second integers below 2^k, the smaller first
 * @returns 32 bytes
 */
export function qualityOfPair(k: number, challenge: Uint8Array, first: number, second: number): Uint8Array {
  const kernel = verifyKernel();
  kernel.bytes.set(challenge, kernel.challenges);
  kernel.values[0] = first;
  kernel.values[1] = second;
  kernel.qualityOfPair(k);
  return kernel.bytes.slice(kernel.qualities, kernel.qualities + QUALITY_BYTES);
}
