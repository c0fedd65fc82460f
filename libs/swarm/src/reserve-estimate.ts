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
