/** Where a plotter is. */
export interface PlotProgress {
  readonly phase: 'forward' | 'backward' | 'compress' | 'write';
  /** The table being made (1..7). */
  readonly table: number;
  /** Of the whole plot, 0 to 1; it only rises. */
  readonly fraction: number;
  /** An estimate by the pace so far, or null when there is none yet. */
  readonly remainingMs: number | null;
}

/** Below this share an estimate would be a guess. */
const FIRST_ESTIMATE = 0.03;

/**
 * An estimate of the time that is left by the pace so far, or null when there is none yet.
 *
 * @param at `gained` is the share of the plot made within `elapsedMs`, `fraction` that which is made in all
 */
export function remainingMsOf(at: { elapsedMs: number; gained: number; fraction: number }): number | null {
  if (at.gained < FIRST_ESTIMATE) return null;
  return Math.round((at.elapsedMs * (1 - at.fraction)) / at.gained);
}

/** Turns finished steps and tasks into progress, told a few times a second. */
export class ProgressMeter {
  private readonly startedAt = performance.now();
  private pausedMs = 0;
  private startFraction: number | null = null;
  private highest = 0;

  constructor(
    private readonly weights: readonly number[],
    private readonly tell: (progress: PlotProgress) => void,
  ) {}

  /** Time that does not count: the plot was paused. */
  addPause(ms: number): void {
    this.pausedMs += ms;
  }

  /** @param part of step number `step` that is done */
  report(phase: PlotProgress['phase'], table: number, step: number, part: number): void {
    const total = this.weights.reduce((sum, weight) => sum + weight, 0);
    const before = this.weights.slice(0, step).reduce((sum, weight) => sum + weight, 0);
    this.highest = Math.max(this.highest, (before + this.weights[step]! * Math.min(1, part)) / total);
    this.startFraction ??= this.highest;
    const gained = this.highest - this.startFraction;
    const elapsedMs = performance.now() - this.startedAt - this.pausedMs;
    const remainingMs = remainingMsOf({ elapsedMs, gained, fraction: this.highest });
    this.tell({ phase, table, fraction: this.highest, remainingMs });
  }
}
