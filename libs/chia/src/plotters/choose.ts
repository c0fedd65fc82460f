import type { PlotPlan } from '#libs/proof-of-space';
import type { Plotter, PlotterName, PlotterRequest } from './plotter.js';

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

/** What a choice looks at of a plotter that was found. */
export type Candidate = Pick<Plotter, 'name' | 'version' | 'canMake'>;

/** When the built-in plotter cannot, the others in this order. */
const OTHERS: readonly PlotterName[] = ['bladebit-cuda', 'madmax', 'bladebit', 'chia'];

/**
 * Chooses a plotter.
 *
 * @param builtinPlan what `planPlot` says, or null when it refused
 * @param forced the one that the contributor named
 */
export function choosePlotter(
  found: readonly Candidate[],
  request: PlotterRequest,
  builtinPlan: PlotPlan | null,
  forced?: PlotterName,
): PlotterChoice {
  const named = (name: PlotterName) => found.find((one) => one.name === name);
  const choice = (plotter: PlotterName, why: ChoiceReason): PlotterChoice => {
    const version = named(plotter)?.version;
    return { plotter, why, details: { plotter, k: request.k, ...(version ? { version } : {}) } };
  };
  const none = (why: ChoiceReason, details: PlotterChoice['details'] = {}): PlotterChoice => ({
    plotter: null,
    why,
    details: { k: request.k, ...details },
  });

  if (forced === 'builtin')
    return builtinPlan ? choice('builtin', 'asked_for') : none('cannot', { plotter: forced });
  if (forced) {
    const plotter = named(forced);
    if (!plotter) return none('not_found', { plotter: forced });
    const refusal = plotter.canMake(request);
    return refusal ? none('cannot', { plotter: forced, refusal }) : choice(forced, 'asked_for');
  }
  if (named('bladebit-cuda')?.canMake(request) === null) return choice('bladebit-cuda', 'gpu');
  if (builtinPlan) return choice('builtin', 'builtin_can');
  const other = OTHERS.find((name) => named(name)?.canMake(request) === null);
  return other ? choice(other, 'builtin_cannot') : none('none_can');
}
