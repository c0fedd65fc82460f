/**
 * Constants of Chia's proof of space v1. Source: chiapos `src/pos_constants.hpp`, `src/calculate_bucket.hpp`,
 * `src/entry_sizes.hpp`. Bit strings are big-endian, most significant bit first, everywhere in this library.
 */

/** Smallest and largest k of the format. */
export const MIN_K = 18;
export const MAX_K = 50;

/** Bits that y carries beyond k. */
export const EXTRA_BITS = 6;
/** Number of values of m that a left entry can match with. */
export const EXTRA_BITS_POW = 64;

export const PARAM_B = 119;
export const PARAM_C = 127;
/** Width of a matching bucket: entries match with entries of the next bucket only. */
export const PARAM_BC = PARAM_B * PARAM_C;

export const PROOF_X_VALUES = 64;
export const TABLES = 7;

/** Metadata of an entry of table t, in multiples of k bits, at index t; tables 1..6 carry some. */
export const METADATA_MULTIPLES = [0, 1, 2, 4, 4, 3, 2, 0] as const;

export const PLOT_ID_BYTES = 32;
export const CHALLENGE_BYTES = 32;

/**
 * Only these first bytes of a plot id enter the proof: the ChaCha8 key is the byte 1 followed by 31 bytes of the
 * id. Two ids that differ in byte 31 alone have the same proofs, so uniqueness is judged by this prefix.
 */
export const PLOT_ID_SIGNIFICANT_BYTES = 31;

/** Entries of a park of P1..P7, and of the checkpoint tables' intervals. */
export const ENTRIES_PER_PARK = 2048;
export const CHECKPOINT_INTERVAL = 10_000;

/** A stub is the k - 3 low bits of the distance to the previous line point. */
export const STUB_MINUS_BITS = 3;

/** Whether k is one this format knows: an integer from 18 to 50. */
export function isPlotK(k: unknown): k is number {
  return Number.isInteger(k) && (k as number) >= MIN_K && (k as number) <= MAX_K;
}
