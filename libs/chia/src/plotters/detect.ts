import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { PlotterError } from '#libs/proof-of-space';
import { Lines } from './lines.js';
import { makeWith } from './make-with.js';
import type { Plotter } from './plotter.js';
import { canPauseProcesses, ProcessGroup } from './process-group.js';
import { PLOTTER_PROGRAMS, type PlotterProgram } from './programs.js';

/** Python takes seconds to start on a disk that sleeps. */
const VERSION_TIMEOUT_MS = 10_000;

export interface DetectOptions {
  /** As in the environment; that of this process by default. */
  readonly path?: string;
  readonly platform?: NodeJS.Platform;
  readonly timeoutMs?: number;
}

/** A plotter found on this machine. */
export interface FoundPlotter extends Plotter {
  readonly executable: string;
}

/** The other plotters on PATH, each asked for its version. One that cannot be started is left out. */
export async function detectPlotters(options: DetectOptions = {}): Promise<FoundPlotter[]> {
  const { path = process.env.PATH ?? '', platform = process.platform } = options;
  const windows = platform === 'win32';
  // Relative entries would run whatever lies in the folder we happen to be in.
  const folders = path.split(windows ? ';' : ':').filter(isAbsolute);
  const found = await Promise.all(
    PLOTTER_PROGRAMS.map(async (program) => {
      const executable = await firstExecutable(folders, windows ? `${program.file}.exe` : program.file);
      if (executable === null) return null;
      const answer = await askVersion(executable, program, options.timeoutMs ?? VERSION_TIMEOUT_MS);
      return answer && plotterOf(program, executable, answer.version);
    }),
  );
  return found.filter((plotter) => plotter !== null);
}

function plotterOf(program: PlotterProgram, executable: string, version: string | null): FoundPlotter {
  return {
    name: program.name,
    kind: 'chia-v1',
    version,
    executable,
    canPause: canPauseProcesses,
    canMake: (request) => program.refusal(request),
    make: async (request, controls = {}) => {
      const refusal = program.refusal(request);
      if (refusal) {
        const message = `${program.name} cannot make this plot: ${refusal}`;
        throw new PlotterError('plot_bad_request', message, { plotter: program.name, refusal });
      }
      return makeWith(program, executable, request, controls);
    },
  };
}

async function firstExecutable(folders: readonly string[], file: string): Promise<string | null> {
  for (const folder of folders) {
    const path = join(folder, file);
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) return path;
    } catch {
      // Not there, or not for us.
    }
  }
  return null;
}

/** Null when it cannot be started or does not answer; a version of null when the answer holds none. */
async function askVersion(
  executable: string,
  program: PlotterProgram,
  timeoutMs: number,
): Promise<{ version: string | null } | null> {
  const group = new ProcessGroup(executable, program.versionArguments);
  let version: string | null = null;
  const lines = new Lines((line) => {
    version ??= /\b\d{1,4}\.\d{1,4}[\w.+-]{0,40}/.exec(line)?.[0] ?? null;
  });
  group.child.stdout.setEncoding('utf8').on('data', (chunk: string) => lines.add(chunk));
  group.child.stderr.resume();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    group.stop(500);
  }, timeoutMs);
  const { error } = await group.ended;
  clearTimeout(timer);
  lines.end();
  return error || timedOut ? null : { version };
}
