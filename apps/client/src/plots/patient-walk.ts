import { setTimeout as sleep } from 'node:timers/promises';
import { PlotFormatError } from '#libs/proof-of-space';
import type { Walk } from './prove.js';

/** A disk that woke up is noticed this soon; while it stalls a look costs nothing, it is refused at once. */
const AGAIN_MS = 1_000;

/**
 * Walks again for as long as the disk stalls or cannot be read: that says nothing about the plot, and an answer without a proof would be
 * held against it. What can be read but is damaged comes back as it is.
 *
 * @param walk one walk through the check
 * @param onStall called once, with why, when the disk does not answer
 * @returns the walk, or null when `signal` was aborted before
 * @throws what `walk` throws while `signal` is not aborted
 */
export async function patientWalk(
  walk: () => Promise<Walk>,
  signal: AbortSignal,
  onStall: (problem: PlotFormatError) => void,
): Promise<Walk | null> {
  let told = false;
  try {
    for (;;) {
      const came = await walk();
      if (came.proof !== null || !isStall(came.problem)) return came;
      if (!told) onStall(came.problem);
      told = true;
      await sleep(AGAIN_MS, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/**
 * The disk does not answer, or the system cannot read now: too many open files, no memory, a cable that wobbles. A sector
 * that stays unreadable is silence in the end, which says less of a plot than an answer without a proof.
 */
const PASSING: readonly string[] = ['plot_timeout', 'plot_unreadable'];

const isStall = (problem: unknown): problem is PlotFormatError =>
  problem instanceof PlotFormatError && PASSING.includes(problem.code);
