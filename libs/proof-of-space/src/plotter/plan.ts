import { freemem } from 'node:os';
import { isPlotK } from '../constants.js';
import { PlotterError, PlotterLimitError } from '../errors.js';
import { estimatedFileBytes } from '../plot-size.js';
import { MAX_MEMO_BYTES } from '../reader/header.js';
import { CompressKernel } from './compress/compress-kernel.js';
import {
  compressShape,
  entryBytes,
  type Geometry,
  geometryFault,
  geometryOf,
  LINK_BYTES,
  tableSlack,
  xBytes,
} from './geometry.js';
import { SEAM_BYTES } from './stages/compress.js';
import { PACKED_ENTRIES } from './steps/last.js';
import { TablesKernel } from './tables/tables-kernel.js';

/** The largest k the plotter makes: more bits than a link has for a place in its bucket. */
export const MAX_PLOTTER_K = 35;

const MAX_THREADS = 64;
const MIN_BUCKETS = 16;
const MAX_BUCKETS = 4096;
/** What a process with one thread more takes besides its kernels' memory, measured. */
const PROCESS_BYTES = 96 * 2 ** 20;
const THREAD_BYTES = 24 * 2 ** 20;
/** Below this a run is too small to be worth a write of its own. */
const ENTRIES_PER_RUN_ON_DISK = 400;
export interface PlotResources {
  /** 18 to `MAX_PLOTTER_K`. */
  readonly k: number;
  /** Bytes of the memo; 128 when not known yet. */
  readonly memoBytes?: number;
  /** Threads that work; 2 by default. */
  readonly threads?: number;
  /** Memory that the plotter may take; by default three quarters of what is free. */
  readonly memoryBytes?: number;
  /** Uses temporary files even where the memory would do. */
  readonly onDisk?: boolean;
  /** A power of two, 16 to 4096; chosen by size when not given. */
  readonly buckets?: number;
}

/** What making a plot will take. All figures are upper bounds, in bytes. */
export interface PlotPlan {
  /** Whether the tables are held in memory or in temporary files. */
  readonly mode: 'memory' | 'disk';
  readonly k: number;
  readonly threads: number;
  readonly buckets: number;
  readonly peakMemoryBytes: number;
  /** Of the temporary files that are kept to the end, in the first temporary folder. */
  readonly tempBytes: number;
  /** Of those that change all the time, in the second. */
  readonly temp2Bytes: number;
  readonly finalBytes: number;
}

/**
 * Says how a plot would be made and what that takes: in memory where it fits, in buckets on disk where not.
 *
 * @throws PlotterLimitError when the memory is too small even so
 * @throws PlotterError `plotter_limit` for a k above `MAX_PLOTTER_K`
 * @throws PlotterError `plot_bad_request` for a k, or a number of threads or buckets, that cannot be
 */
export function planPlot(resources: PlotResources): PlotPlan {
  const { k, memoBytes = 128, threads = 2 } = resources;
  const memoryBytes = resources.memoryBytes ?? Math.floor(freemem() * 0.75);
  requireSensible(k, memoBytes, threads);
  const finalBytes = estimatedFileBytes(k) + memoBytes;
  const common = { k, threads, finalBytes };
  const inMemory = geometryFor(k, resources.buckets ?? bucketsInMemory(k));
  const peak = memoryOf(inMemory, threads) + tableBytes(inMemory, 'first') + tableBytes(inMemory, 'kept');
  if (peak <= memoryBytes && !resources.onDisk) {
    const { buckets } = inMemory;
    return { ...common, mode: 'memory', buckets, peakMemoryBytes: peak, tempBytes: 0, temp2Bytes: 0 };
  }
  const onDisk = resources.buckets
    ? [geometryFor(k, resources.buckets)]
    : candidates(k).map((buckets) => geometryOf(k, buckets));
  const fitting = onDisk.find(
    (geometry) => !geometryFault(geometry) && memoryOf(geometry, threads) <= memoryBytes,
  );
  if (!fitting) {
    const least = Math.min(
      ...onDisk.filter((one) => !geometryFault(one)).map((one) => memoryOf(one, threads)),
    );
    throw new PlotterLimitError(k, least, memoryBytes);
  }
  return {
    ...common,
    mode: 'disk',
    buckets: fitting.buckets,
    peakMemoryBytes: memoryOf(fitting, threads),
    tempBytes: tableBytes(fitting, 'kept'),
    temp2Bytes: tableBytes(fitting, 'first'),
  };
}

function requireSensible(k: number, memoBytes: number, threads: number): void {
  const bad = (message: string) => new PlotterError('plot_bad_request', message);
  if (!isPlotK(k)) throw bad(`k=${k} does not exist`);
  if (k > MAX_PLOTTER_K) {
    throw new PlotterError('plotter_limit', `This plotter makes plots up to k=${MAX_PLOTTER_K}`, { k });
  }
  if (!(memoBytes >= 0 && memoBytes <= MAX_MEMO_BYTES)) {
    throw bad(`A memo has at most ${MAX_MEMO_BYTES} bytes`);
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw bad(`Threads are from 1 to ${MAX_THREADS}, not ${threads}`);
  }
}

function geometryFor(k: number, buckets: number): Geometry {
  const isPower = Number.isInteger(Math.log2(buckets));
  if (!isPower || buckets < MIN_BUCKETS || buckets > MAX_BUCKETS) {
    const message = `Buckets are a power of two from ${MIN_BUCKETS} to ${MAX_BUCKETS}, not ${buckets}`;
    throw new PlotterError('plot_bad_request', message);
  }
  const geometry = geometryOf(k, buckets);
  const fault = geometryFault(geometry);
  if (fault) throw new PlotterError('plot_bad_request', fault);
  return geometry;
}

/** Buckets of some ten thousand entries, which a core's second cache holds, and runs that are not too short. */
function bucketsInMemory(k: number): number {
  return Math.min(2048, 2 ** Math.floor((k - 7) / 2));
}

/** Numbers of buckets to try on disk, the best first: long runs, then less memory. */
function candidates(k: number): number[] {
  const best = Math.min(2048, 2 ** Math.floor(Math.log2(Math.sqrt(2 ** k / ENTRIES_PER_RUN_ON_DISK))));
  const found: number[] = [];
  for (let buckets = Math.max(MIN_BUCKETS, best); buckets <= MAX_BUCKETS; buckets *= 2) found.push(buckets);
  for (let buckets = best / 2; buckets >= MIN_BUCKETS; buckets /= 2) found.push(buckets);
  return found;
}

/** Memory beside that of the tables: of the process, of each thread's kernels and of what all threads share. */
function memoryOf(geometry: Geometry, threads: number): number {
  const { buckets, pointBuckets, edgeCapacity, k } = geometry;
  const widest = Math.max(...[1, 2, 3, 4, 5, 6].map((table) => entryBytes(k, table)));
  const perThread = THREAD_BYTES + TablesKernel.memoryBytes(geometry) + compressBytes(geometry);
  const places = 7 * 2 * 4 * buckets * buckets;
  const edges = 7 * buckets * edgeCapacity * (widest + 4);
  return PROCESS_BYTES + threads * perThread + places + edges + pointBuckets * SEAM_BYTES;
}

function compressBytes(geometry: Geometry): number {
  const { bucketCapacity, edgeCapacity, yBuckets } = geometry;
  return CompressKernel.memoryBytes(compressShape(geometry), {
    slots: bucketCapacity,
    edges: edgeCapacity,
    links: bucketCapacity,
    liveBytes: bucketCapacity / 8 + 2 * yBuckets,
    linePoints: bucketCapacity,
    linePointEdges: edgeCapacity,
    lastSlots: bucketCapacity,
    packed: PACKED_ENTRIES,
  });
}

/** Bytes of the tables: those that change all the time (two of the widest), and those that stay. */
function tableBytes({ k }: Geometry, which: 'first' | 'kept'): number {
  const entries = 2 ** k * (1 + tableSlack(k) / 4);
  const widest = Math.max(...[1, 2, 3, 4, 5, 6].map((table) => entryBytes(k, table)));
  const bytes = which === 'first' ? 2 * widest : 6 * LINK_BYTES + xBytes(k) + entryBytes(k, 7) + 5 / 8;
  return Math.ceil(entries * bytes);
}
