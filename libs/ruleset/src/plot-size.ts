/** (2k+1)·2^(k-1): the consensus size of a plot of chia-v1 (chia-blockchain, expected_plot_size). */
const chiaV1Size = (k: number): bigint => (2n * BigInt(k) + 1n) << BigInt(k - 1);

const sizes: Readonly<Record<string, (k: number) => bigint>> = { 'chia-v1': chiaV1Size };

/** How much a plot counts, in bytes of consensus size. Throws RangeError for a kind that this ruleset does not know. */
export function plotSize(kind: string, k: number): bigint {
  const size = Object.hasOwn(sizes, kind) ? sizes[kind] : undefined;
  if (!size) throw new RangeError(`plots of kind ${kind} are not known to this ruleset`);
  return size(k);
}

/** One plot-equivalent: a k=32 plot of chia-v1. */
export const PLOT_EQUIVALENT = chiaV1Size(32);
