import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PLOT_ID_BYTES } from '../constants.js';
import { PlotterError } from '../errors.js';
import { MAX_MEMO_BYTES } from '../reader/header.js';
import { requireSpace, spaceNeeds } from './disk-space.js';
import { makePlot } from './make-plot.js';
import type { PauseSwitch } from './pause-switch.js';
import { type PlotPlan, type PlotResources, planPlot } from './plan.js';
import type { PlotProgress } from './progress.js';
import {
  leaveWorkFolders,
  type PlotFolders,
  requireFree,
  takeWorkFolders,
  workFolder,
} from './work-folder.js';

export interface CreatePlotOptions extends PlotResources {
  /** 32 bytes. */
  readonly plotId: Uint8Array;
  /** At most 65 535 bytes; ends up in the file. */
  readonly memo: Uint8Array;
  /** The final file. Until it is whole it lies in a folder beside it. */
  readonly path: string;
  /** Folder for temporary files that are kept to the end; that of the final file by default. */
  readonly tempDir?: string;
  /** Folder for temporary files that change all the time; `tempDir` by default. */
  readonly temp2Dir?: string;
  /** Lowers the threads' priority where threads have their own (Linux): 0 to 19. */
  readonly nice?: number;
  /** Whether a run that is cancelled or fails leaves what it has, for the next to go on from. False by default. */
  readonly keepOnFailure?: boolean;
  readonly onProgress?: (progress: PlotProgress) => void;
  readonly pause?: PauseSwitch;
  readonly signal?: AbortSignal;
}

export interface PlotResult {
  /** Size of the file. */
  readonly bytes: number;
  readonly plan: PlotPlan;
  /** Whether it went on from where an earlier run had ended. */
  readonly resumed: boolean;
}

/**
 * Makes a plot file, byte for byte as the reference plotter makes it, in threads of its own. Resolves when the file
 * is synced to disk under its final name.
 *
 * A plot that is made on disk and was broken off (the process killed) goes on from its last finished table when it is
 * asked for again with the same id, k, memo, folders and buckets. One that is cancelled or fails leaves nothing behind
 * unless `keepOnFailure` says so.
 *
 * @throws PlotterLimitError when the memory is too small
 * @throws PlotterError `plot_bad_request`, `plot_exists`, `plot_busy`, `disk_full`, `plot_not_written`,
 *   `plot_cancelled`, `plotter_failed`
 */
export async function createPlot(options: CreatePlotOptions): Promise<PlotResult> {
  const { k, plotId, memo, path, signal } = options;
  const plan = planFor(options);
  if (signal?.aborted) throw cancelled(path);
  const folders = foldersOf(options, plan);
  takeWorkFolders(Object.values(folders));
  let keep = false;
  try {
    const identity = { k, plotId: plotId.slice(), memo: memo.slice() };
    const { bytes, resumed } = await makePlot({ identity, plan, path, folders, options });
    return { bytes, plan, resumed };
  } catch (error) {
    keep = options.keepOnFailure === true && plan.mode === 'disk';
    if (signal?.aborted) throw cancelled(path);
    throw error;
  } finally {
    leaveWorkFolders([...new Set(Object.values(folders))], !keep);
  }
}

/**
 * Does what {@link createPlot} does before it starts, and writes nothing: the plan, the folders, their room.
 *
 * @throws as createPlot
 */
export function rehearsePlot(options: CreatePlotOptions): void {
  const plan = planFor(options);
  const folders = foldersOf(options, plan);
  requireFree(Object.values(folders));
  requireSpace(spaceNeeds(plan, folders));
}

function planFor(options: CreatePlotOptions): PlotPlan {
  const { plotId, memo, path } = options;
  requireIdentity(plotId, memo);
  const plan = planPlot({ ...options, memoBytes: memo.length });
  if (existsSync(path)) throw new PlotterError('plot_exists', `${path} exists already`, { path });
  return plan;
}

function foldersOf({ path, tempDir, temp2Dir }: CreatePlotOptions, plan: PlotPlan): PlotFolders {
  const final = workFolder(dirname(path), path);
  if (plan.mode === 'memory') return { final, temp: final, temp2: final };
  const temp = workFolder(tempDir ?? dirname(path), path);
  return { final, temp, temp2: workFolder(temp2Dir ?? tempDir ?? dirname(path), path) };
}

function requireIdentity(plotId: unknown, memo: unknown): void {
  if (!(plotId instanceof Uint8Array) || plotId.length !== PLOT_ID_BYTES) {
    throw new PlotterError('plot_bad_request', `A plot id has ${PLOT_ID_BYTES} bytes`);
  }
  if (!(memo instanceof Uint8Array) || memo.length > MAX_MEMO_BYTES) {
    throw new PlotterError('plot_bad_request', `A memo has at most ${MAX_MEMO_BYTES} bytes`);
  }
}

function cancelled(path: string): PlotterError {
  return new PlotterError('plot_cancelled', 'The plot was cancelled', { path });
}
