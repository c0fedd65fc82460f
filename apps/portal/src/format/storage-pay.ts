import { PLOT_EQUIVALENT, plotSize } from '#libs/ruleset';
import type { Rates } from '../api/models.js';

/**
 * What keeping a plot or replica for a day comes to while every check is proved, base units: before network weight,
 * limits and budget. Null for a kind that this portal does not know.
 */
export function payPerDay(
  { kind, k }: { kind: string; k: number },
  { storagePerPlotEquivalentHour }: Pick<Rates, 'storagePerPlotEquivalentHour'>,
): bigint | null {
  try {
    return (plotSize(kind, k) * BigInt(storagePerPlotEquivalentHour) * 24n) / PLOT_EQUIVALENT;
  } catch {
    return null;
  }
}
