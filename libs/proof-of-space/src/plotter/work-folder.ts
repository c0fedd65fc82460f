import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAlive as isOwnerAlive, type Owner, ownerOf as processOwner } from '#libs/processes';
import { PlotterError } from '../errors.js';
import { plotterFailure } from './disk-errors.js';

/** Everything that is not a finished plot lies in folders of this ending. */
const ENDING = '.plot.work';
const OWNER_FILE = 'owner.json';
/** Whoever has made a work folder has said by then whose it is. */
const TAKEN_WITHIN_MS = 600_000;

/** Work folders of plots that this process is making now. */
const ours = new Set<string>();

interface WorkOwner extends Owner {
  readonly pid: number;
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
    requireFree([folder]);
    try {
      // its parent must be there: a disk that is not mounted must not become a folder of another
      if (!existsSync(folder)) mkdirSync(folder);
      const owns: WorkOwner = { ...processOwner(), pid: process.pid };
      writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owns));
      ours.add(folder);
    } catch (cause) {
      throw plotterFailure(folder, 0, cause);
    }
  }
}

/** @throws PlotterError `plot_busy` when another process is making the plot of these work folders */
export function requireFree(folders: readonly string[]): void {
  for (const folder of folders) {
    const owner = ownerOf(folder);
    if (!owner || !isAlive(owner, folder)) continue;
    const details = { path: folder, pid: owner.pid };
    throw new PlotterError('plot_busy', `Process ${owner.pid} is making this plot in ${folder}`, details);
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
    .filter((path) => !isBeingTaken(path))
    .filter(removeIfOrphaned);
}

function removeIfOrphaned(folder: string): boolean {
  const owner = ownerOf(folder);
  if (owner && isAlive(owner, folder)) return false;
  rmSync(folder, { recursive: true, force: true });
  return true;
}

/** Another process has just made the folder, it may be, and is about to say so. */
function isBeingTaken(folder: string): boolean {
  if (ownerOf(folder)) return false;
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - made < TAKEN_WITHIN_MS;
}

function ownerOf(folder: string): WorkOwner | null {
  try {
    return JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as WorkOwner;
  } catch {
    return null;
  }
}

const isAlive = (owner: WorkOwner, folder: string): boolean =>
  owner.pid === process.pid ? ours.has(folder) : isOwnerAlive(owner);
