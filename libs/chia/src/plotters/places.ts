import { posix, win32 } from 'node:path';
import type { PlotterProgram } from './programs.js';

/** The machine on which plotters are looked for. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Home folder of the user. */
  readonly home: string;
}

/**
 * Where the file of a plotter may lie, PATH first, then where Chia's packages and its installation from source put it
 * (chia-blockchain, chia/plotters/bladebit.py and madmax.py, build_scripts/, install-plotter.sh).
 */
export function placesOf(program: PlotterProgram, { platform, env, home }: Surroundings): string[] {
  const { join, isAbsolute } = pathsOf(platform);
  const file = fileName(program.file, platform);
  const bundles = packageFolders(platform, env).flatMap((daemon) =>
    program.bundledIn
      ? [join(daemon, '_internal', program.bundledIn), join(daemon, program.bundledIn)]
      : [daemon],
  );
  const venvs = [env.VIRTUAL_ENV, join(home, 'chia-blockchain', 'venv')]
    .filter((venv) => venv !== undefined && isAbsolute(venv))
    .map((venv) => join(venv!, platform === 'win32' ? 'Scripts' : 'bin'));
  const root = env.CHIA_ROOT && isAbsolute(env.CHIA_ROOT) ? env.CHIA_ROOT : join(home, '.chia', 'mainnet');
  const built = program.builtIn ? [join(root, 'plotters', ...program.builtIn.split('/'))] : [];
  return [...new Set([...foldersOnPath({ platform, env }), ...venvs, ...bundles, ...built])].map((folder) =>
    join(folder, file),
  );
}

/** The folders of PATH. Relative ones are left out: they would run whatever lies in the folder we happen to be in. */
export function foldersOnPath({ platform, env }: Pick<Surroundings, 'platform' | 'env'>): string[] {
  const { delimiter, isAbsolute } = pathsOf(platform);
  return (env.PATH ?? env.Path ?? '').split(delimiter).filter(isAbsolute);
}

/** What a program's file is called. */
export const fileName = (program: string, platform: NodeJS.Platform): string =>
  platform === 'win32' ? `${program}.exe` : program;

const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? win32 : posix);

/** The `daemon` folders of Chia's packages. */
function packageFolders(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  const unpacked = 'resources/app.asar.unpacked/daemon';
  switch (platform) {
    case 'win32': {
      const programs = env.LOCALAPPDATA ? win32.join(env.LOCALAPPDATA, 'Programs') : null;
      return programs ? [win32.join(programs, 'Chia', unpacked)] : [];
    }
    case 'darwin':
      return ['/Applications/Chia.app/Contents/Resources/app.asar.unpacked/daemon'];
    default:
      return [`/usr/lib/chia-blockchain/${unpacked}`, `/opt/chia/${unpacked}`, '/opt/chia'];
  }
}
