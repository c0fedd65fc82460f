import type { PlotterProgress } from './plotter.js';

type Phase = PlotterProgress['phase'];

/** What a line of output says of the plotter's progress. */
export type Reading = Pick<PlotterProgress, 'phase' | 'fraction'>;

/** Reads one line of output; null when it says nothing of progress. */
export type ProgressReader = (line: string) => Reading | null;

interface Milestone {
  readonly says: RegExp;
  readonly phase: Phase;
  /** Share of the plot at the first and the last number the line can hold. */
  readonly from: number;
  readonly to: number;
  /** The numbers (first group of `says`) that belong to `from` and `to`. */
  readonly first?: number;
  readonly last?: number;
}

const PHASES: readonly Phase[] = ['forward', 'backward', 'compress', 'write'];

/** chiapos tells its own share (`Progress update: 0.42`) and its phase (`Starting phase 2/4: …`). */
export function chiaProgress(): ProgressReader {
  let phase: Phase = 'forward';
  let fraction = 0;
  return (line) => {
    const started = /Starting phase ([1-4])\/4/.exec(line);
    if (started) phase = PHASES[Number(started[1]) - 1]!;
    const update = /Progress update: (0?\.\d{1,6}|[01])\b/.exec(line);
    if (update) fraction = Number(update[1]);
    return started || update ? { phase, fraction } : null;
  };
}

/** include/chia/phase1.hpp to phase4.hpp and chia_plot.cpp of madMAx; shares estimated from its phases. */
export const madmaxProgress = (): ProgressReader =>
  milestones([
    { says: /^\[P1\] Table ([1-7]) took/, phase: 'forward', from: 0.02, to: 0.45, first: 1, last: 7 },
    {
      says: /^\[P2\] Table ([2-7]) rewrite took/,
      phase: 'backward',
      from: 0.49,
      to: 0.63,
      first: 7,
      last: 2,
    },
    { says: /^Phase 2 took/, phase: 'backward', from: 0.64, to: 0.64 },
    { says: /^\[P3-2\] Table ([2-7]) took/, phase: 'compress', from: 0.69, to: 0.94, first: 2, last: 7 },
    { says: /^\[P4\] Finished writing C1/, phase: 'write', from: 0.97, to: 0.97 },
    { says: /^(?:Phase 4 took|Started copy to)/, phase: 'write', from: 0.98, to: 0.98 },
    { says: /^(?:Copy to .* finished|Renamed final plot)/, phase: 'write', from: 1, to: 1 },
  ]);

/** Lines of src/plotdisk, src/plotmem and cuda/CudaPlotter.cu of bladebit. */
export const bladebitProgress = (): ProgressReader =>
  milestones([
    { says: /^Finished [Ff]1\b/, phase: 'forward', from: 0.03, to: 0.03 },
    {
      says: /^(?:Finished forward propagating table|Completed table|Table) ([2-7])(?: completed)? in /,
      phase: 'forward',
      from: 0.1,
      to: 0.48,
      first: 2,
      last: 7,
    },
    { says: /^(?:Finished|Completed) Phase 1 in/, phase: 'forward', from: 0.5, to: 0.5 },
    {
      says: /^Finished marking table ([2-7]) in/,
      phase: 'backward',
      from: 0.52,
      to: 0.58,
      first: 7,
      last: 2,
    },
    { says: /^(?:Finished|Completed) Phase 2 in/, phase: 'backward', from: 0.6, to: 0.6 },
    {
      says: /^Finished compressing tables ([1-6]) and/,
      phase: 'compress',
      from: 0.65,
      to: 0.93,
      first: 1,
      last: 6,
    },
    { says: /^(?:Finished|Completed) Phase 3 in/, phase: 'compress', from: 0.95, to: 0.95 },
    { says: /^Finished Phase 4 in/, phase: 'write', from: 0.97, to: 0.97 },
    { says: /^(?:Finished writing plot|Completed writing plot)/, phase: 'write', from: 1, to: 1 },
  ]);

function milestones(list: readonly Milestone[]): ProgressReader {
  return (line) => {
    for (const { says, phase, from, to, first, last } of list) {
      const match = says.exec(line);
      if (!match) continue;
      const steps = first === undefined || last === undefined ? 0 : last - first;
      const done = steps === 0 ? 0 : (Number(match[1]) - first!) / steps;
      return { phase, fraction: from + (to - from) * done };
    }
    return null;
  };
}
