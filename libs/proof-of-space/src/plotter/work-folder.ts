import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PlotterError } from '../errors.js';
import { bootMs } from './checkpoint.js';
import { plotterFailure } from './disk-errors.js';

/** Everything that is not a finished plot lies in folders of this ending. */
const ENDING = '.plot.work';
const OWNER_FILE = 'owner.json';
const BOOT_TOLERANCE_MS = 60_000;

/** Work folders of plots that this process is making now. */
const ours = new Set<string>();

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly bootMs: number;
}

/** Where the parts of an unfinished plot lie. */
export interface PlotFolders {
  readonly final: string;
  readonly temp: string;
  readonly temp2: string;
}

/** The unfinished plot file. */
export function unfinishedFile(folders: PlotFolders): string {
  return join(folders.final, 'unfinished');
}

/** The folder in which `folder` holds what belongs to an unfinished plot. */
export function workFolder(folder: string, plotPath: string): string {
  return join(folder, `${basename(plotPath, '.plot')}${ENDING}`);
}

/**
 * Makes the work folders of a plot and says that they are this process's.
 *
 * @throws PlotterError `plot_busy` when another process is making this plot, `plot_not_written`
 */
export function takeWorkFolders(folders: readonly string[]): void {
  for (const folder of new Set(folders)) {
    const owner = ownerOf(folder);
    if (owner && isAlive(owner, folder)) {
      throw new PlotterError('plot_busy', `Process ${owner.pid} is making this plot in ${folder}`, {
        path: folder,
        pid: owner.pid,
      });
    }
    try {
      // its parent must be there: a disk that is not mounted must not become a folder of another
      if (!existsSync(folder)) mkdirSync(folder);
      const owns: Owner = { pid: process.pid, host: hostname(), bootMs: bootMs() };
      writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owns));
      ours.add(folder);
    } catch (cause) {
      throw plotterFailure(folder, 0, cause);
    }
  }
}

/** Gives work folders up: removes them, or leaves them for a later run to go on from. */
export function leaveWorkFolders(folders: readonly string[], remove: boolean): void {
  for (const folder of folders) {
    ours.delete(folder);
    if (remove) rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether some process is making this plot, whose final file lies beside its work folder. */
export function isBeingMade(plotPath: string): boolean {
  const folder = workFolder(dirname(plotPath), plotPath);
  const owner = ownerOf(folder);
  return owner !== null && isAlive(owner, folder);
}

/** Removes what making a plot may have left, when nobody is making it. */
export function removePlotRemains(plotPath: string, ...otherFolders: string[]): void {
  for (const parent of [dirname(plotPath), ...otherFolders]) removeIfOrphaned(workFolder(parent, plotPath));
}

/**
 * Removes the work folders of plots whose process is gone.
 *
 * @param except a plot that is about to be made, which goes on from what is there
 * @returns the folders removed
 */
export function removeOrphanedPlotFiles(folder: string, except?: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(ENDING))
    .map((name) => join(folder, name))
    .filter((path) => !except || path !== workFolder(folder, except))
    .filter(removeIfOrphaned);
}

function removeIfOrphaned(folder: string): boolean {
  const owner = ownerOf(folder);
  if (owner && isAlive(owner, folder)) return false;
  rmSync(folder, { recursive: true, force: true });
  return true;
}

function ownerOf(folder: string): Owner | null {
  try {
    return JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return null;
  }
}

/** A process of another machine counts as alive: only its own machine can tell. */
function isAlive({ pid, host, bootMs: since }: Owner, folder: string): boolean {
  if (pid === process.pid) return ours.has(folder);
  if (host !== hostname()) return true;
  if (Math.abs(since - bootMs()) > BOOT_TOLERANCE_MS) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
