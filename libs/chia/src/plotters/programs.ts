import { totalmem } from 'node:os';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PlotterName, PlotterRefusal, PlotterRequest } from './plotter.js';
import { bladebitProgress, chiaProgress, madmaxProgress, type ProgressReader } from './progress.js';

/** The folders of one run. */
export interface RunFolders {
  readonly temp: string;
  readonly temp2: string;
  readonly final: string;
}

/** How a plotter that somebody else wrote is found, asked and understood. */
export interface PlotterProgram {
  readonly name: Exclude<PlotterName, 'builtin'>;
  /** Its file on PATH, without `.exe`. */
  readonly file: string;
  readonly versionArguments: readonly string[];
  refusal(request: PlotterRequest): PlotterRefusal | null;
  /** Only public keys, an address, folders and numbers: everybody on the machine can read a command line. */
  arguments(request: PlotterRequest, folders: RunFolders): string[];
  progress(): ProgressReader;
}

const GIB = 2 ** 30;
const MIB = 2 ** 20;
/** The reference needs about this much for its buckets to be sorted in memory at the default number of buckets. */
const CHIA_DEFAULT_MIB = 3389;
/** What bladebit says it needs (src/main.cpp, cuda/CudaPlotter.cu); its disk plotter's heap at 256 buckets or more. */
const BLADEBIT_RAM_BYTES = 416 * GIB;
const BLADEBIT_DISK_BYTES = 4 * GIB;
const CUDA_RAM_BYTES = 256 * GIB;

const memoryOf = (request: PlotterRequest) => request.memoryBytes ?? totalmem();
const within = (k: number, least: number, most: number) => k >= least && k <= most;
const isPowerOfTwo = (n: number) => Number.isInteger(Math.log2(n));
const owners = (request: PlotterRequest) => ({
  farmer: bytesToHex(request.farmerPublicKey),
  contract: request.contractAddress.trim(),
});

function bucketsRefusal(buckets: number | undefined, least: number, most: number): PlotterRefusal | null {
  if (buckets === undefined || (isPowerOfTwo(buckets) && within(buckets, least, most))) return null;
  return 'buckets_unsupported';
}

/** `chia plots create` (chia/cmds/plots.py), which runs the reference plotter. */
const chia: PlotterProgram = {
  name: 'chia',
  file: 'chia',
  versionArguments: ['version'],
  refusal(request) {
    if (!within(request.k, 25, 50)) return 'k_unsupported';
    return bucketsRefusal(request.buckets, 16, 128);
  },
  arguments(request, folders) {
    const { farmer, contract } = owners(request);
    const mib = request.memoryBytes ? Math.floor(request.memoryBytes / MIB) : CHIA_DEFAULT_MIB;
    return [
      ...['plots', 'create', '-k', `${request.k}`, ...(request.k < 32 ? ['--override-k'] : [])],
      ...['-n', '1', '-r', `${request.threads}`, '-b', `${mib}`, '-u', `${request.buckets ?? 128}`],
      ...['-t', folders.temp, '-2', folders.temp2, '-d', folders.final],
      // Without -x it would write the folder into the configuration of the farmer's own harvester.
      ...['-f', farmer, '-c', contract, '-x'],
    ];
  },
  progress: chiaProgress,
};

/** `chia_plot` (src/chia_plot.cpp), which wants its folders with a slash at the end. */
const madmax: PlotterProgram = {
  name: 'madmax',
  file: 'chia_plot',
  versionArguments: ['--version'],
  refusal(request) {
    if (!within(request.k, 18, 32)) return 'k_unsupported';
    return bucketsRefusal(request.buckets, 16, 65_536);
  },
  arguments(request, folders) {
    const { farmer, contract } = owners(request);
    return [
      ...['-k', `${request.k}`, '-n', '1', '-r', `${request.threads}`, '-u', `${request.buckets ?? 256}`],
      ...['-t', `${folders.temp}/`, '-2', `${folders.temp2}/`, '-d', `${folders.final}/`],
      ...['-f', farmer, '-c', contract],
    ];
  },
  progress: madmaxProgress,
};

/** `bladebit` (src/main.cpp): in memory where there is enough, on disk where not. */
const bladebit: PlotterProgram = {
  name: 'bladebit',
  file: 'bladebit',
  versionArguments: ['--version'],
  refusal(request) {
    if (request.k !== 32) return 'k_unsupported';
    if (memoryOf(request) < BLADEBIT_DISK_BYTES) return 'memory_too_small';
    return bucketsRefusal(request.buckets, 256, 1024);
  },
  arguments(request, folders) {
    if (memoryOf(request) >= BLADEBIT_RAM_BYTES)
      return [...bladebitGlobals(request), 'ramplot', folders.final];
    const temps = ['-b', `${request.buckets ?? 256}`, '-t1', folders.temp, '-t2', folders.temp2];
    return [...bladebitGlobals(request), 'diskplot', ...temps, folders.final];
  },
  progress: bladebitProgress,
};

/** `bladebit_cuda` (cuda/CudaPlotter.cu). Its modes for less memory (`--disk-128`) refuse uncompressed plots. */
const bladebitCuda: PlotterProgram = {
  name: 'bladebit-cuda',
  file: 'bladebit_cuda',
  versionArguments: ['--version'],
  refusal(request) {
    if (request.k !== 32) return 'k_unsupported';
    return memoryOf(request) < CUDA_RAM_BYTES ? 'memory_too_small' : null;
  },
  arguments(request, folders) {
    return [...bladebitGlobals(request), 'cudaplot', folders.final];
  },
  progress: bladebitProgress,
};

function bladebitGlobals(request: PlotterRequest): string[] {
  const { farmer, contract } = owners(request);
  return ['-t', `${request.threads}`, '-n', '1', '-f', farmer, '-c', contract, '--compress', '0'];
}

export const PLOTTER_PROGRAMS: readonly PlotterProgram[] = [chia, madmax, bladebit, bladebitCuda];
