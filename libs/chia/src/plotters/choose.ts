import type { Plotter, PlotterName, PlotterRun } from './plotter.js';

/**
 * Why a plotter was chosen, for the client to say:
 * - `builtin_can`: the built-in one makes the reference's bytes, goes on after a crash and is the faster on the same cores
 * - `gpu`: a graphics card makes k=32 faster than any processor
 * - `asked_for`: the contributor named it
 * - `builtin_cannot`: the built-in one cannot make this plot here, this one can
 * - `not_found`, `cannot`: the one named is not installed, or refuses (`details.refusal`)
 * - `none_can`: there is no plotter for this plot
 */
export type ChoiceReason =
  | 'builtin_can'
  | 'gpu'
  | 'asked_for'
  | 'builtin_cannot'
  | 'not_found'
  | 'cannot'
  | 'none_can';

export interface PlotterChoice {
  /** Null when there is none. */
  readonly plotter: PlotterName | null;
  readonly why: ChoiceReason;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What a choice looks at of a plotter. */
export type Candidate = Pick<Plotter, 'name' | 'version' | 'isAutomatic' | 'canMake'>;

/** When the built-in plotter cannot, the others in this order. */
const OTHERS: readonly PlotterName[] = ['bladebit-cuda', 'madmax', 'bladebit', 'chia'];

/**
 * Chooses a plotter.
 *
 * @param candidates the built-in one and those that were found
 * @param forced the one that the contributor named
 */
export function choosePlotter(
  candidates: readonly Candidate[],
  run: PlotterRun,
  forced?: PlotterName,
): PlotterChoice {
  const named = (name: PlotterName) => candidates.find((one) => one.name === name);
  const choice = (plotter: PlotterName, why: ChoiceReason): PlotterChoice => {
    const version = named(plotter)?.version;
    return { plotter, why, details: { plotter, k: run.k, ...(version ? { version } : {}) } };
  };
  const none = (why: ChoiceReason, details: PlotterChoice['details'] = {}): PlotterChoice => ({
    plotter: null,
    why,
    details: { k: run.k, ...details },
  });

  if (forced) {
    const plotter = named(forced);
    if (!plotter) return none('not_found', { plotter: forced });
    const refusal = plotter.canMake(run);
    return refusal ? none('cannot', { plotter: forced, refusal }) : choice(forced, 'asked_for');
  }
  const can = (name: PlotterName) => {
    const plotter = named(name);
    return plotter?.isAutomatic === true && plotter.canMake(run) === null;
  };
  if (can('bladebit-cuda')) return choice('bladebit-cuda', 'gpu');
  if (can('builtin')) return choice('builtin', 'builtin_can');
  const other = OTHERS.find(can);
  return other ? choice(other, 'builtin_cannot') : none('none_can');
}
