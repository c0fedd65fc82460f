import { join } from 'node:path';
import { checkRun, needsOf, requireAble } from './check-run.js';
import type { FoundPlotter } from './detect.js';
import { makeWith } from './make-with.js';
import type { PlotterPlan, PlotterRequest } from './plotter.js';
import { canPauseProcesses } from './process-group.js';
import type { PlotterProgram } from './programs.js';
import { RUN_FOLDER_PREFIX } from './run-record.js';

/** Somebody else's program as a plotter. */
export function programPlotter(
  program: PlotterProgram,
  executable: string,
  version: string | null,
  isAutomatic: boolean,
): FoundPlotter {
  const plan = (request: PlotterRequest): PlotterPlan => {
    requireAble(program, request);
    const { k, threads, buckets = null, tempDir, temp2Dir = tempDir, finalDir } = request;
    const [temp, temp2, final] = [tempDir, temp2Dir, finalDir].map((folder) =>
      join(folder, `${RUN_FOLDER_PREFIX}*`),
    );
    const args = program.arguments(request, { temp: temp!, temp2: temp2!, final: final! });
    return {
      ...{ plotter: program.name, version, k, threads, mode: null, buckets },
      ...needsOf(program, request),
      command: { executable, arguments: args },
    };
  };
  return {
    name: program.name,
    kind: 'chia-v1',
    version,
    executable,
    isAutomatic,
    canPause: canPauseProcesses,
    canMake: (request) => program.refusal(request),
    plan,
    rehearse: (request) => checkRun(program, request),
    make: (request, controls = {}) => makeWith(program, executable, request, controls),
  };
}
