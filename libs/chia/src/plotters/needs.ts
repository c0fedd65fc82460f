import { totalmem } from 'node:os';
import { estimatedFileBytes } from '#libs/proof-of-space';
import type { PlotterNeeds, PlotterRun } from './plotter.js';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** The reference needs about this much for its buckets to be sorted in memory at the default number of buckets. */
const CHIA_DEFAULT_MIB = 3389;
const CHIA_LEAST_MIB_K33 = 3077;
/** Of temporary files at k=32 (docs.chia.net, plotting basics). */
const CHIA_TEMP_BYTES = 239 * GIB;
/** README of madMAx at k=32: of the first folder, of the second, of both when one disk has them, and of a thread. */
const MADMAX_TEMP_BYTES = 220 * GIB;
const MADMAX_TEMP2_BYTES = 110 * GIB;
const MADMAX_BOTH_BYTES = 256 * GIB;
const MADMAX_THREAD_BYTES = GIB / 2;
const MADMAX_BUCKETS = 256;
/** Any program takes some, however small the plot. */
const LEAST_MEMORY_BYTES = 64 * MIB;
/** What bladebit says it needs (src/main.cpp, cuda/CudaPlotter.cu, README); its disk plotter at 256 buckets or more. */
const BLADEBIT_RAM_BYTES = 416 * GIB;
const BLADEBIT_DISK_BYTES = 4 * GIB;
const BLADEBIT_TEMP_BYTES = 480 * GIB;
const CUDA_RAM_BYTES = 256 * GIB;

/** Memory that a plotter may take. */
export const memoryOf = (request: PlotterRun): number => request.memoryBytes ?? totalmem();

/** Bytes at k, by those documented for k=32: entries double with each step and become wider above it. */
function scaled(bytesAt32: number, k: number): number {
  return Math.ceil(bytesAt32 * 2 ** (k - 32) * Math.max(1, k / 32) ** 2);
}

const stated = (
  { k }: PlotterRun,
  memory: number,
  temp: number | null,
  temp2: number | null,
): PlotterNeeds => ({
  peakMemoryBytes: Math.max(memory, LEAST_MEMORY_BYTES),
  tempBytes: temp,
  temp2Bytes: temp2,
  finalBytes: estimatedFileBytes(k),
});

/** The buffer that chiapos is told to take (`-b`), in MiB: its buckets double with each step above k=32. */
export function chiaBufferMib(request: PlotterRun): number {
  const enough = CHIA_DEFAULT_MIB * 2 ** Math.max(0, request.k - 32);
  const mine = Math.floor(memoryOf(request) / MIB);
  return request.memoryBytes === undefined ? Math.min(enough, mine) : mine;
}

/** With less than this its buckets cannot be sorted at all (3077 MiB at k=33, wiki of chia-blockchain). */
export const chiaLeastMib = (k: number): number => Math.max(512, CHIA_LEAST_MIB_K33 * 2 ** (k - 33));

export function chiaNeeds(request: PlotterRun): PlotterNeeds {
  const { k, temp2Dir } = request;
  // the second folder holds the unfinished file alone
  const temp2 = temp2Dir ? estimatedFileBytes(k) : 0;
  return stated(request, chiaBufferMib(request) * MIB, scaled(CHIA_TEMP_BYTES, k), temp2);
}

/** @param onOneDisk whether both temporary folders share their disk */
export function madmaxNeeds(request: PlotterRun, onOneDisk: boolean): PlotterNeeds {
  const { k, threads, buckets = MADMAX_BUCKETS, temp2Dir } = request;
  const memory = scaled(MADMAX_THREAD_BYTES * threads * (MADMAX_BUCKETS / buckets), k);
  const temp2 = temp2Dir ? MADMAX_TEMP2_BYTES : 0;
  const temp = onOneDisk ? MADMAX_BOTH_BYTES - temp2 : MADMAX_TEMP_BYTES;
  return stated(request, memory, scaled(temp, k), scaled(temp2, k));
}

/** Whether `bladebit` plots in memory. */
export const isRamplot = (request: PlotterRun): boolean => memoryOf(request) >= BLADEBIT_RAM_BYTES;

/** How it divides its temporary files between two folders is said nowhere. */
export function bladebitNeeds(request: PlotterRun): PlotterNeeds {
  const { k, temp2Dir } = request;
  if (isRamplot(request)) return stated(request, scaled(BLADEBIT_RAM_BYTES, k), 0, 0);
  const memory = scaled(BLADEBIT_DISK_BYTES, k);
  if (temp2Dir) return stated(request, memory, null, null);
  return stated(request, memory, scaled(BLADEBIT_TEMP_BYTES, k), 0);
}

export const cudaNeeds = (request: PlotterRun): PlotterNeeds =>
  stated(request, scaled(CUDA_RAM_BYTES, request.k), 0, 0);
