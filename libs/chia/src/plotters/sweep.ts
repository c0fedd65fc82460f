import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, isCertainlyAlive, isOfThisBoot, isRunning, type Owner } from '#libs/processes';
import { findMadePlot, nameFinal } from './made-plot.js';
import type { PlotterResult } from './plotter.js';
import { askedFor, RUN_FOLDER_PREFIX, type RunRecord, readRunRecord } from './run-record.js';

/** A plot that was finished in a run's folder when nobody minded the run any more. */
export interface LeftPlot extends PlotterResult {
  /** What the run was for. */
  readonly tag: string | null;
  /** Where the run would have put it. */
  readonly intended: string;
}

export interface SweepOptions {
  /**
   * Where a finished plot goes: a path on the same disk, `'remove'`, or `'leave'` for another sweep to decide. Where it
   * was meant to go by default.
   */
  readonly place?: (plot: LeftPlot) => Promise<string>;
  /** Between asking a plotter to end and ending it; five seconds by default. */
  readonly graceMs?: number;
}

export interface Swept {
  /** Folders that were removed. */
  readonly folders: string[];
  /** Plotters that still ran, and were ended. */
  readonly ended: number[];
  /** Finished plots under their final names. */
  readonly plots: string[];
}

const GRACE_MS = 5000;
/** After SIGKILL; a process that waits for its disk takes longer, and is left to the next sweep. */
const KILLED_WITHIN_MS = 5000;
/** A run has written its record by then. */
const STARTED_WITHIN_MS = 600_000;

/**
 * Clears up after runs of other plotters whose own process is gone: ends a plotter that still runs (only where its
 * process is known for certain), puts a plot that was finished and is as asked in its place, and removes the rest. What
 * belongs to a living process, to another machine or to nobody known is left alone.
 */
export async function sweepPlotterRuns(
  parents: readonly string[],
  options: SweepOptions = {},
): Promise<Swept> {
  const swept: Swept = { folders: [], ended: [], plots: [] };
  for (const parent of new Set(parents)) {
    const names = await readdir(parent).catch((): string[] => []);
    for (const name of names.filter((one) => one.startsWith(RUN_FOLDER_PREFIX))) {
      await sweepFolder(join(parent, name), options, swept);
    }
  }
  return swept;
}

async function sweepFolder(folder: string, options: SweepOptions, swept: Swept): Promise<void> {
  const record = readRunRecord(folder);
  if (!record) return sweepEmpty(folder);
  if (record.isKept || isAlive(record.owner)) return;
  if (record.runs && isAlive(record.runs)) {
    if (!isCertainlyAlive(record.runs) || !(await end(record.runs, options.graceMs ?? GRACE_MS))) return;
    swept.ended.push(Number.parseInt(record.runs.process, 10));
  }
  const plot = record.isFinal ? await finishedPlot(folder, record) : null;
  const place = plot && (await (options.place ?? whereIntended)(plot));
  if (place === 'leave') return;
  if (plot && place && place !== 'remove') {
    try {
      await nameFinal(plot.path, place);
    } catch {
      // something of that name is there, or the disk is not: a finished plot is not thrown away for that
      return;
    }
    swept.plots.push(place);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  swept.folders.push(folder);
}

/** A run that was killed before it wrote anything leaves an empty folder; so does, for a moment, one that starts. */
async function sweepEmpty(folder: string): Promise<void> {
  try {
    if (Date.now() - (await stat(folder)).mtimeMs > STARTED_WITHIN_MS) await rmdir(folder);
  } catch {
    // it is not empty, or gone
  }
}

const whereIntended = async ({ intended }: LeftPlot): Promise<string> => intended;

/** After a power cut a file may have its name and not its content, so only plots of this start of the machine count. */
async function finishedPlot(folder: string, record: RunRecord): Promise<LeftPlot | null> {
  if (!isOfThisBoot(record.owner)) return null;
  const plot = await findMadePlot(folder, askedFor(record)).catch(() => null);
  return plot && { ...plot, tag: record.tag, intended: join(dirname(folder), basename(plot.path)) };
}

/** Ends a process and all of its group; false when it still runs. */
async function end({ process: identity }: Owner, graceMs: number): Promise<boolean> {
  const pid = Number.parseInt(identity, 10);
  const send = (signal: NodeJS.Signals) => {
    try {
      if (isRunning(identity)) process.kill(-pid, signal);
    } catch {
      // it ended just now
    }
  };
  const gone = async (withinMs: number) => {
    for (const until = performance.now() + withinMs; performance.now() < until; await sleep(20)) {
      if (!isRunning(identity)) return true;
    }
    return !isRunning(identity);
  };
  send('SIGTERM');
  // what is paused would not hear of it
  send('SIGCONT');
  if (await gone(graceMs)) return true;
  send('SIGKILL');
  return gone(KILLED_WITHIN_MS);
}
