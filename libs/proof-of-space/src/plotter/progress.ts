/** Where a plotter is. `fraction` is of the whole plot, 0 to 1, and only rises. */
export interface PlotProgress {
  readonly phase: 'forward' | 'backward' | 'compress' | 'write';
  /** The table being made (1..7). */
  readonly table?: number;
  readonly fraction: number;
}

/** Shares of the time, measured at k = 18..22 on one thread. */
const SPANS = {
  forward: [0, 0.77],
  backward: [0.77, 0.78],
  compress: [0.78, 0.98],
  write: [0.98, 1],
} as const;

/** Progress of step `step` of `steps` equal ones of a phase, of which the share `part` is done. */
export function progressOf(
  phase: PlotProgress['phase'],
  table: number | undefined,
  step: number,
  steps: number,
  part: number,
): PlotProgress {
  const [from, to] = SPANS[phase];
  return { phase, table, fraction: from + ((to - from) * (step + part)) / steps };
}
