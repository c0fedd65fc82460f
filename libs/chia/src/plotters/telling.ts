import { remainingMsOf } from '#libs/proof-of-space';
import type { PlotterProgress } from './plotter.js';
import type { Reading } from './progress.js';

/** Turns what a plotter's output says into progress that only rises, with an estimate by the pace so far. */
export class Telling {
  private highest = -1;
  private readonly startedAt = performance.now();
  private pausedMs = 0;
  private pausedAt: number | null = null;

  constructor(private readonly onProgress?: (progress: PlotterProgress) => void) {}

  /** Output of several threads may come out of order. */
  tell({ phase, fraction }: Reading): void {
    if (fraction <= this.highest) return;
    this.highest = fraction;
    const reached = Math.min(1, fraction);
    const elapsedMs = performance.now() - this.startedAt - this.pausedMs;
    const remainingMs = remainingMsOf({ elapsedMs, gained: reached, fraction: reached });
    this.onProgress?.({ phase, fraction: reached, remainingMs });
  }

  /** While held no time counts. */
  hold(held: boolean): void {
    if (held) this.pausedAt ??= performance.now();
    else if (this.pausedAt !== null) {
      this.pausedMs += performance.now() - this.pausedAt;
      this.pausedAt = null;
    }
  }
}
