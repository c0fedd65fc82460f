import type { PlotKind } from '#libs/proof-of-space';

/** Which of the named sizes a kind of plots does not have, in words. */
export function sizeProblems(
  named: Record<string, number>,
  { kind, k }: Pick<PlotKind, 'kind' | 'k'>,
): string[] {
  return Object.entries(named)
    .filter(([, size]) => size < k.min || size > k.max)
    .map(([name]) => `${name}: plots of ${kind} have k from ${k.min} to ${k.max}`);
}

/** The sizes that rates name, by where they are named. */
export const sizesPaid = ({ plottingPerPlot }: { plottingPerPlot: Record<string, string> }) =>
  Object.fromEntries(Object.keys(plottingPerPlot).map((k) => [`rates for k=${k}`, Number(k)]));
