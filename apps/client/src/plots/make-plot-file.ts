import { rm } from 'node:fs/promises';
import { createPlot, type PauseSwitch, removePlotRemains } from '#libs/proof-of-space';

/** A plot to be made. */
export interface PlotFileJob {
  /** 32 bytes. */
  plotId: Uint8Array;
  k: number;
  memo: Uint8Array;
  /** The finished file; it appears whole or not at all. */
  file: string;
  /** Another folder for temporary files, or null for that of the finished file. */
  temp: string | null;
  /** Yet another one for those that change all the time. */
  temp2?: string;
  threads?: number;
  memoryBytes?: number;
  buckets?: number;
  onDisk?: boolean;
  /** 0 to 19: how much others go first, where threads can be told so. */
  nice?: number;
  pause?: PauseSwitch;
  /** Whether a plot that is stopped keeps what it has on disk, to go on from there. */
  keepOnFailure?: boolean;
}

/** @param remainingMs an estimate, or null when there is none yet */
export type OnPlotProgress = (phase: string, fraction: number, remainingMs?: number | null) => void;

/** Makes a plot file. Errors: those of createPlot. */
export type PlotMaker = (job: PlotFileJob, onProgress: OnPlotProgress, signal?: AbortSignal) => Promise<void>;

/** With the built-in plotter. */
export const makePlotFile: PlotMaker = async ({ file, temp, temp2, ...job }, onProgress, signal) => {
  await createPlot({
    ...job,
    path: file,
    tempDir: temp ?? undefined,
    temp2Dir: temp2,
    onProgress: ({ phase, table, fraction, remainingMs }) =>
      onProgress(`${phase} ${table}`, fraction, remainingMs),
    signal,
  });
};

/** Removes everything that making this plot may have left. */
export async function discardPlot(file: string, temp: string | null): Promise<void> {
  removePlotRemains(file, ...(temp ? [temp] : []));
  await rm(file, { force: true });
}
