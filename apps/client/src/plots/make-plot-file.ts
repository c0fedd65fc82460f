import { copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createPlot } from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';
import { syncFolder } from '../state/atomic-file.js';
import { readPlotFile } from './plot-folder.js';

/** A plot to be made. */
export interface PlotFileJob {
  /** 32 bytes. */
  plotId: Uint8Array;
  k: number;
  memo: Uint8Array;
  /** The finished file; it appears whole or not at all. */
  file: string;
  /** Another folder to plot in, or null to plot beside the finished file. */
  temp: string | null;
}

/** Makes a plot file. Errors: those of createPlot and of the file system. */
export type PlotMaker = (
  job: PlotFileJob,
  onProgress: (phase: string, fraction: number) => void,
  signal?: AbortSignal,
) => Promise<void>;

/** With the built-in plotter; from the temp folder the finished plot is moved, over disks if need be. */
export const makePlotFile: PlotMaker = async ({ plotId, k, memo, file, temp }, onProgress, signal) => {
  const made = temp ? join(temp, basename(file)) : file;
  if (made === file || !(await isPlot(made, plotId, k))) {
    await rm(made, { force: true });
    const progress = (at: { phase: string; fraction: number }) => onProgress(at.phase, at.fraction);
    await createPlot({ plotId, k, memo, path: made, onProgress: progress, signal });
  }
  if (made !== file) await moveFile(made, file, () => onProgress('moving', 1));
};

/** Removes everything that making this plot may have left. */
export async function discardPlot(file: string, temp: string | null): Promise<void> {
  const made = temp ? join(temp, basename(file)) : file;
  for (const path of [file, copyOf(file), made, `${made}.tmp`]) await rm(path, { force: true });
}

const copyOf = (file: string): string => `${file}.copy`;

async function isPlot(file: string, plotId: Uint8Array, k: number): Promise<boolean> {
  const found = await readPlotFile(file).catch(() => null);
  return found?.plotId === bytesToHex(plotId) && found.k === k;
}

async function moveFile(from: string, to: string, onCopy: () => void): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    onCopy();
    await copyFile(from, copyOf(to));
    const copy = await open(copyOf(to), 'r+');
    await copy.sync().finally(() => copy.close());
    await rename(copyOf(to), to);
    await rm(from, { force: true });
  }
  await syncFolder(dirname(to));
}
