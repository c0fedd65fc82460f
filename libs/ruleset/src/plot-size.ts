/** (2k+1)·2^(k-1): the consensus size of a plot (chia-blockchain, expected_plot_size). */
export function plotSize(k: number): bigint {
  return (2n * BigInt(k) + 1n) << BigInt(k - 1);
}

/** One plot-equivalent: a k=32 plot. */
export const PLOT_EQUIVALENT = plotSize(32);
