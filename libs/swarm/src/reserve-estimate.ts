import { numberOf } from './bytes.js';
import { SAMPLE_ITEMS } from './reserve-sample.js';

/** Chunks of a full reserve that is not doubled: bee pkg/node/node.go reserveDefaultSize. */
export const RESERVE_CHUNKS = 2 ** 22;

/**
 * Redistribution.sol sampleMaxValue: the contract refuses a sample whose last transformed address is not
 * below. A reserve of 2^21 chunks passes 95 times in 100: a floor, no measurement.
 */
export const SAMPLE_MAX_VALUE = 1284401n * 10n ** 66n;

/**
 * Chunks within depth, from the last transformed addresses of samples of one reserve, each under an anchor of
 * its own: (16 n - 1) 2^256 / sum. The 16th smallest of N uniform numbers stands near 16 / N; this makes the
 * estimate unbiased. It says nothing about whether the chunks were stored: that is for the proofs.
 *
 * @param lasts 32 bytes each, at least one
 * @returns whole chunks, and the relative standard deviation: 27 % of one sample, 13 % of four, 6 % of sixteen
 */
export function estimateReserve(lasts: readonly Uint8Array[]): { chunks: bigint; relativeError: number } {
  const items = SAMPLE_ITEMS * lasts.length;
  const sum = lasts.reduce((total, last) => total + numberOf(last), 0n);
  const chunks = sum === 0n ? 0n : (BigInt(items - 1) << 256n) / sum;
  return { chunks, relativeError: items > 2 ? 1 / Math.sqrt(items - 2) : 1 };
}

/**
 * What a node's samples vouch for: chunks within depth, as estimated, times the neighbourhoods that its doubled reserve
 * covers, and never more than the reserve it declared holds.
 *
 * @param lasts of samples at one depth, as `estimateReserve` takes them
 * @param height bits by which the reserve is doubled, as declared with the stake
 * @returns whole chunks; `bytes` counts each as 4096, an upper bound of what it carries
 */
export function declaredReserve(
  lasts: readonly Uint8Array[],
  height: number,
): { chunks: bigint; bytes: bigint; relativeError: number; isCapped: boolean } {
  const { chunks: within, relativeError } = estimateReserve(lasts);
  const most = BigInt(RESERVE_CHUNKS);
  const chunks = (within < most ? within : most) << BigInt(height);
  return { chunks, bytes: chunks * 4096n, relativeError, isCapped: within > most };
}
