import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PlotterError } from '#libs/proof-of-space';
import { checkRun } from './check-run.js';
import { findMadePlot, nameFinal } from './made-plot.js';
import type { PlotterControls, PlotterRequest, PlotterResult } from './plotter.js';
import { canPauseProcesses } from './process-group.js';
import type { PlotterProgram, RunFolders } from './programs.js';
import { runProgram } from './run-program.js';
import { RUN_FOLDER_PREFIX, RunRecords } from './run-record.js';

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
  checkRun(program, request);
  if (controls.pause && !canPauseProcesses) {
    throw new PlotterError('plotter_cannot_pause', 'Other plotters cannot be paused on this system');
  }
  if (controls.signal?.aborted) throw new PlotterError('plot_cancelled', 'The plot was cancelled');
  const made: string[] = [];
  let wrongPlot = false;
  try {
    const folders = await makeFolders(request, made);
    const records = new RunRecords(program.name, request, {
      final: folders.final,
      others: [folders.temp, folders.temp2],
    });
    const args = program.arguments(request, folders);
    await runProgram(program, executable, args, folders.final, controls, (pid) => records.starting(pid));
    const result = await findMadePlot(folders.final, request).catch((error) => {
      wrongPlot = error instanceof PlotterError && error.code === 'plot_not_as_asked';
      if (wrongPlot) records.keep();
      throw error;
    });
    const fileName = basename(result.path);
    await controls.onDrawn?.({ plotId: result.plotId, memo: result.memo, fileName });
    const path = join(request.finalDir, fileName);
    await nameFinal(result.path, path);
    return { ...result, path };
  } catch (error) {
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

function notWritten(cause: unknown): PlotterError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC') return new PlotterError('disk_full', 'The disk is full', {}, { cause });
  return new PlotterError('plot_not_written', 'A folder or file could not be written', {}, { cause });
}
