import { bytesToHex } from '@noble/hashes/utils.js';
import {
  bladebitNeeds,
  chiaBufferMib,
  chiaLeastMib,
  chiaNeeds,
  cudaNeeds,
  isRamplot,
  madmaxNeeds,
  memoryOf,
} from './needs.js';
import type { PlotterName, PlotterNeeds, PlotterRefusal, PlotterRequest, PlotterRun } from './plotter.js';
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
  /** The folder below `daemon/` in which Chia's own packages bring it; undefined when it lies in `daemon/` itself. */
  readonly bundledIn?: string;
  /** Where it is built when Chia is installed from source, below its folder of plotters. */
  readonly builtIn?: string;
  /** With these it says, by its exit code, whether there is a graphics card it can use; it needs one. */
  readonly cardArguments?: readonly string[];
  /** @param onOneDisk whether both temporary folders share their disk */
  needs(request: PlotterRun, onOneDisk: boolean): PlotterNeeds;
  refusal(request: PlotterRun): PlotterRefusal | null;
  /** Only public keys, an address, folders and numbers: everybody on the machine can read a command line. */
  arguments(request: PlotterRequest, folders: RunFolders): string[];
  progress(): ProgressReader;
}

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
  needs: chiaNeeds,
  refusal(request) {
    if (!within(request.k, 25, 50)) return 'k_unsupported';
    if (chiaBufferMib(request) < chiaLeastMib(request.k)) return 'memory_too_small';
    return bucketsRefusal(request.buckets, 16, 128);
  },
  arguments(request, folders) {
    const { farmer, contract } = owners(request);
    return [
      ...['plots', 'create', '-k', `${request.k}`, ...(request.k < 32 ? ['--override-k'] : [])],
      ...[
        '-n',
        '1',
        '-r',
        `${request.threads}`,
        '-b',
        `${chiaBufferMib(request)}`,
        '-u',
        `${request.buckets ?? 128}`,
      ],
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
  bundledIn: 'madmax',
  builtIn: 'madmax-plotter/build',
  needs: madmaxNeeds,
  refusal(request) {
    if (!within(request.k, 18, 32)) return 'k_unsupported';
    if (memoryOf(request) < (madmaxNeeds(request, false).peakMemoryBytes ?? 0)) return 'memory_too_small';
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
  bundledIn: 'bladebit',
  builtIn: 'bladebit/build',
  needs: bladebitNeeds,
  refusal(request) {
    if (request.k !== 32) return 'k_unsupported';
    if (memoryOf(request) < (bladebitNeeds(request).peakMemoryBytes ?? 0)) return 'memory_too_small';
    return bucketsRefusal(request.buckets, 256, 1024);
  },
  arguments(request, folders) {
    if (isRamplot(request)) return [...bladebitGlobals(request), 'ramplot', folders.final];
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
  bundledIn: 'bladebit',
  builtIn: 'bladebit/build',
  cardArguments: ['cudacheck'],
  needs: cudaNeeds,
  refusal(request) {
    if (request.k !== 32) return 'k_unsupported';
    return memoryOf(request) < (cudaNeeds(request).peakMemoryBytes ?? 0) ? 'memory_too_small' : null;
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
