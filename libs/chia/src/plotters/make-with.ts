import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { PlotterError } from '#libs/proof-of-space';
import { decodeAddress } from '../address.js';
import { publicPoint } from '../bls.js';
import { findMadePlot } from './made-plot.js';
import type { PlotterControls, PlotterRequest, PlotterResult } from './plotter.js';
import { canPauseProcesses } from './process-group.js';
import type { PlotterProgram, RunFolders } from './programs.js';
import { runProgram } from './run-program.js';

/**
 * Fresh sub-folders of a run begin so; what a killed process left can be known by it, and so can a plot that was not
 * as asked.
 */
export const RUN_FOLDER_PREFIX = '.croft-plotter-';

/**
 * Makes a plot with a program. It works in fresh folders below the ones given, so that what it leaves can be removed
 * and no harvester sees a file that is not whole or not what was asked for; the plot is then moved into `finalDir`.
 * @throws PlotterError as {@link Plotter.make}
 */
export async function makeWith(
  program: PlotterProgram,
  executable: string,
  request: PlotterRequest,
  controls: PlotterControls,
): Promise<PlotterResult> {
  requireSensible(request);
  if (controls.pause && !canPauseProcesses) {
    throw new PlotterError('plotter_cannot_pause', 'Other plotters cannot be paused on this system');
  }
  if (controls.signal?.aborted) throw new PlotterError('plot_cancelled', 'The plot was cancelled');
  const made: string[] = [];
  let wrongPlot = false;
  try {
    const folders = await makeFolders(request, made);
    const args = program.arguments(request, folders);
    await runProgram(program, executable, args, folders.final, controls);
    const result = await findMadePlot(folders.final, request);
    const path = join(request.finalDir, basename(result.path));
    if (existsSync(path)) throw new PlotterError('plot_exists', `${path} exists already`, { path });
    await rename(result.path, path);
    return { ...result, path };
  } catch (error) {
    wrongPlot = error instanceof PlotterError && error.code === 'plot_not_as_asked';
    throw error instanceof PlotterError ? error : notWritten(error);
  } finally {
    // The final folder is the first; a wrong plot stays in it for its owner to look at.
    for (const folder of made.slice(wrongPlot ? 1 : 0)) await remove(folder);
  }
}

async function makeFolders(request: PlotterRequest, made: string[]): Promise<RunFolders> {
  const fresh = async (parent: string) => {
    const folder = await mkdtemp(join(parent, RUN_FOLDER_PREFIX));
    made.push(folder);
    return folder;
  };
  const final = await fresh(request.finalDir);
  const temp = await fresh(request.tempDir);
  const temp2 = request.temp2Dir ? await fresh(request.temp2Dir) : temp;
  return { final, temp, temp2 };
}

/** What cannot be removed (a disk that is gone) must not hide how the plot ended. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}

function requireSensible(request: PlotterRequest): void {
  const { tempDir, temp2Dir = tempDir, finalDir, threads } = request;
  const bad = (message: string, cause?: unknown) =>
    new PlotterError('plot_bad_request', message, {}, cause ? { cause } : undefined);
  // A relative folder could be taken for an option.
  if (![tempDir, temp2Dir, finalDir].every(isAbsolute)) throw bad('Folders are absolute');
  if (!Number.isInteger(threads) || threads < 1 || threads > 1024) throw bad('Threads are from 1 to 1024');
  try {
    publicPoint(request.farmerPublicKey);
    decodeAddress(request.contractAddress);
  } catch (cause) {
    throw bad('The farmer key or the contract address is none', cause);
  }
}

function notWritten(cause: unknown): PlotterError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC') return new PlotterError('disk_full', 'The disk is full', {}, { cause });
  return new PlotterError('plot_not_written', 'A folder or file could not be written', {}, { cause });
}
