import {
  type BuiltinPlotter,
  builtinPlotter,
  choosePlotter,
  detectPlotters,
  type FoundPlotter,
  PLOTTER_NAMES,
  type PlotterChoice,
  type PlotterName,
  type PlotterRun,
} from '#libs/chia';
import { ClientError } from '../client-error.js';
import type { Speak } from '../messages/speak.js';

/** A plotter that was chosen, and why. */
export interface ChosenPlotter {
  /** Null for the built-in one. */
  readonly other: FoundPlotter | null;
  readonly choice: PlotterChoice;
}

/** The plotters of this machine: the built-in one, and others as they are found when one is needed. */
export class MachinePlotters {
  /** Others that failed here: they are not taken again by themselves. */
  private readonly failed = new Set<PlotterName>();

  /**
   * @param env where others are looked for
   * @param wanted the one that was named
   */
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    readonly wanted: PlotterName | undefined,
    readonly builtin: BuiltinPlotter = builtinPlotter(),
  ) {}

  /** Errors: plotter_not_usable for one that was named; what the built-in one says when none can. */
  async choose(run: PlotterRun): Promise<ChosenPlotter> {
    const { choice, found } = await this.look(run);
    if (choice.plotter === null) {
      if (choice.why === 'none_can' || this.wanted === 'builtin') this.builtin.plan(run);
      throw new ClientError('plotter_not_usable', nameOf(choice));
    }
    return { other: found.find(({ name }) => name === choice.plotter) ?? null, choice };
  }

  /** Which it would be, or that there is none. */
  async look(run: PlotterRun): Promise<{ choice: PlotterChoice; found: FoundPlotter[] }> {
    const { wanted } = this;
    const all = wanted === 'builtin' ? [] : await detectPlotters({ env: this.env });
    const found = all.filter(({ name }) => name === wanted || !this.failed.has(name));
    return { choice: choosePlotter([this.builtin, ...found], run, wanted), found };
  }

  /** Whether a plotter is on this machine, whatever it can make. */
  async has(name: PlotterName): Promise<boolean> {
    return name === 'builtin' || (await detectPlotters({ env: this.env })).some((one) => one.name === name);
  }

  /** It could not make a plot: the next one is made by another, unless it was named. */
  giveUp(plotter: PlotterName): void {
    this.failed.add(plotter);
  }
}

/** The plotter that an option names, undefined for `auto` or no option. Errors: plot_options_invalid. */
export function plotterNamed(name: string | undefined): PlotterName | undefined {
  if (name === undefined || name === 'auto') return undefined;
  const known = PLOTTER_NAMES.find((one) => one === name);
  if (!known) throw new ClientError('plot_options_invalid', `--plotter ${name.slice(0, 20)}`);
  return known;
}

/** Which plotter it is and why, in a sentence. */
export function explainChoice(choice: PlotterChoice, speak: Speak): string {
  return speak(`plotter_${choice.why}`, { plotter: nameOf(choice), k: choice.details.k ?? '' });
}

const nameOf = ({ details }: PlotterChoice): string =>
  [details.plotter, details.version, details.refusal].filter(Boolean).join(' ');
