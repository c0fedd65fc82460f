/** (2k+1)·2^(k-1): the consensus size of a plot of chia-v1 (chia-blockchain, expected_plot_size). */
const chiaV1Size = (k: number): bigint => (2n * BigInt(k) + 1n) << BigInt(k - 1);

/** (8 + k mod 8)·512·2^⌊k/8⌋: bytes of data in a replica of swarm-replica (libs/swarm, replica-layout). */
const replicaSize = (k: number): bigint => (BigInt(8 + (k % 8)) * 512n) << BigInt(k >> 3);

const sizes: Readonly<Record<string, (k: number) => bigint>> = {
  'chia-v1': chiaV1Size,
  'swarm-replica': replicaSize,
};

/** Kinds whose proofs are walked for, so that the number of tries says how much of a plot is kept. */
const walked: ReadonlySet<string> = new Set(['chia-v1']);

/** Whether a check of this kind has several sub-challenges; a kind without is asked for all of itself at once. */
export const isWalked = (kind: string): boolean => walked.has(kind);

/** How much a plot counts, in bytes of consensus size; a replica in bytes of data. Throws RangeError for a kind that this ruleset does not know. */
export function plotSize(kind: string, k: number): bigint {
  const size = Object.hasOwn(sizes, kind) ? sizes[kind] : undefined;
  if (!size) throw new RangeError(`plots of kind ${kind} are not known to this ruleset`);
  return size(k);
}

/** One plot-equivalent: a k=32 plot of chia-v1. */
export const PLOT_EQUIVALENT = chiaV1Size(32);
