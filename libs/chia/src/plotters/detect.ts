import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileName, foldersOnPath, placesOf, type Surroundings } from './places.js';
import type { Plotter } from './plotter.js';
import { probe } from './probe.js';
import { programPlotter } from './program-plotter.js';
import { PLOTTER_PROGRAMS, type PlotterProgram } from './programs.js';

/** Python takes seconds to start on a disk that sleeps. */
const ANSWER_TIMEOUT_MS = 10_000;

export interface DetectOptions extends Partial<Surroundings> {
  readonly timeoutMs?: number;
}

/** A plotter found on this machine. */
export interface FoundPlotter extends Plotter {
  readonly executable: string;
}

/**
 * The other plotters of this machine, on PATH and where Chia puts them, each asked for its version. One that cannot be
 * started is left out.
 */
export async function detectPlotters(options: DetectOptions = {}): Promise<FoundPlotter[]> {
  const { timeoutMs = ANSWER_TIMEOUT_MS, env = process.env } = options;
  const around: Surroundings = {
    platform: options.platform ?? process.platform,
    env,
    home: options.home ?? env.HOME ?? env.USERPROFILE ?? homedir(),
  };
  const found = await Promise.all(
    PLOTTER_PROGRAMS.map(async (program) => {
      const executable = await firstExecutable(placesOf(program, around));
      if (executable === null) return null;
      const answer = await probe(executable, program.versionArguments, timeoutMs);
      if (!answer) return null;
      const isAutomatic = !program.cardArguments || (await seesCard(program, executable, around, timeoutMs));
      return programPlotter(program, executable, versionIn(answer.lines), isAutomatic);
    }),
  );
  return found.filter((plotter) => plotter !== null);
}

function versionIn(lines: readonly string[]): string | null {
  for (const line of lines) {
    const version = /\b\d{1,4}\.\d{1,4}[\w.+-]{0,40}/.exec(line)?.[0];
    if (version) return version;
  }
  return null;
}

/** Whether the plotter itself sees a graphics card, or the driver of the cards lists one. */
async function seesCard(
  { cardArguments = [] }: PlotterProgram,
  executable: string,
  { platform, env }: Surroundings,
  timeoutMs: number,
): Promise<boolean> {
  if ((await probe(executable, cardArguments, timeoutMs))?.code === 0) return true;
  // inside Windows' Linux the driver's program lies beside PATH
  const places = [...foldersOnPath({ platform, env }), '/usr/lib/wsl/lib'];
  const driver = await firstExecutable(
    places.map((folder) => join(folder, fileName('nvidia-smi', platform))),
  );
  const listed = driver && (await probe(driver, ['-L'], timeoutMs));
  return Boolean(listed && listed.code === 0 && listed.lines.some((line) => /^GPU \d+:/.test(line)));
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) return path;
    } catch {
      // Not there, or not for us.
    }
  }
  return null;
}
