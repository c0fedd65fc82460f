import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import {
  decodeAddress,
  encodeAddress,
  keyGen,
  type Plotter,
  type PlotterRequest,
  type PlotterRun,
  plotIdentity,
  sweepPlotterRuns,
} from '#libs/chia';
import {
  chiaV1,
  MAX_MEMO_BYTES,
  PauseSwitch,
  plotFileName,
  removeOrphanedPlotFiles,
} from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';
import { textOf } from '../client-error.js';
import { explainChoice, MachinePlotters, plotterNamed } from '../plots/machine-plotters.js';
import { type PlotRequest, UnfinishedPlots } from '../plots/unfinished-plots.js';
import { onInterrupt } from './interrupt.js';
import type { CommandIo } from './io.js';
import { hexOption, invalid, requireFolder, sizeOf, wholeNumber } from './plot-options.js';
import { tellMade, tellPlan, tellProgress } from './plots-create-telling.js';

export interface CreateOptions {
  k: string;
  /** Folder of the finished plot; `path` is its other name. */
  final?: string;
  path?: string;
  farmerPublicKey?: string;
  contract?: string;
  id?: string;
  memo?: string;
  temp?: string;
  temp2?: string;
  memory?: string;
  threads?: string;
  buckets?: string;
  disk?: boolean;
  /** auto, or the name of one. */
  plotter?: string;
  nice?: string;
  dryRun?: boolean;
  json?: boolean;
}

/**
 * `croft plots create`: a plot for keys, or for a given id and memo. Broken off by force it goes on with the same
 * command; Ctrl-C takes back what it has done. Errors: plot_options_invalid, folder_not_writable, plotter_not_usable,
 * and those of the plotter.
 */
export async function createPlotCommand(options: CreateOptions, io: CommandIo): Promise<void> {
  const run = runOf(options);
  const nice = optional(options.nice, (text) => wholeNumber('--nice', text, 0, 19));
  const request = requestOf(options, run.k);
  const wanted = plotterNamed(options.plotter);
  if (wanted && wanted !== 'builtin' && !request.keys) throw invalid('--plotter --id');
  const folders = new Set([run.finalDir, run.tempDir, run.temp2Dir ?? run.tempDir]);
  for (const folder of folders) await requireFolder(folder);
  if (!options.dryRun) await sweepRuns([...folders], io);

  const plotters = new MachinePlotters(io.env, wanted);
  if (request.keys) {
    const { other, choice } = await plotters.choose(run);
    io.err(explainChoice(choice, io.speak));
    const { farmerPublicKey, contractPuzzleHash } = request.keys;
    const asked = { ...run, farmerPublicKey, contractAddress: encodeAddress(contractPuzzleHash) };
    if (other) return makeBy<PlotterRequest>(other, asked, { options, nice }, io);
  }
  const unfinished = new UnfinishedPlots(run.finalDir);
  const plot = (await unfinished.find(request)) ?? draw(request);
  const given = { ...run, plot };
  const { builtin } = plotters;
  if (options.dryRun) return makeBy(builtin, given, { options, nice }, io);
  const file = resolve(run.finalDir, plot.fileName);
  for (const folder of folders) {
    for (const gone of removeOrphanedPlotFiles(folder, file))
      io.err(io.speak('create_orphan', { folder: gone }));
  }
  await unfinished.begin({ ...request, identity: plot }, file);
  try {
    await makeBy(builtin, given, { options, nice }, io);
  } finally {
    await unfinished.forget(file);
  }
}

/** What runs of other plotters left whose croft was killed. Runs of a node are its daemon's affair, if they made a plot. */
async function sweepRuns(folders: string[], io: CommandIo): Promise<void> {
  const swept = await sweepPlotterRuns(folders, {
    place: async ({ tag, intended }) => (tag === null ? intended : 'leave'),
  });
  for (const pid of swept.ended) io.err(io.speak('create_ended', { pid }));
  for (const file of swept.plots) io.err(io.speak('create_found', { file }));
  for (const folder of swept.folders) io.err(io.speak('create_orphan', { folder }));
}

async function makeBy<Request extends PlotterRun>(
  plotter: Plotter<Request>,
  request: Request,
  { options, nice }: { options: CreateOptions; nice: number | undefined },
  io: CommandIo,
): Promise<void> {
  tellPlan(plotter.plan(request), options, io);
  if (options.dryRun) return plotter.rehearse(request);
  const pause = new PauseSwitch();
  const interrupt = onInterrupt(pause);
  const started = performance.now();
  try {
    const { path, plotId, bytes } = await plotter.make(request, {
      ...{ nice, signal: interrupt.signal, pause: plotter.canPause ? pause : undefined },
      onProgress: tellProgress(options, io),
    });
    tellMade({ file: path, k: request.k, plotId, bytes, started }, options, io);
  } finally {
    interrupt.end();
  }
}

function runOf(options: CreateOptions): PlotterRun {
  const k = wholeNumber('--k', options.k, chiaV1.k.min, chiaV1.k.max);
  const folder = options.final ?? options.path;
  if (!folder) throw invalid('--final');
  return {
    k,
    threads: wholeNumber('--threads', options.threads ?? '2', 1, 64),
    memoryBytes: optional(options.memory, (text) => sizeOf('--memory', text)),
    buckets: optional(options.buckets, (text) => wholeNumber('--buckets', text, 1, 4096)),
    onDisk: options.disk,
    finalDir: resolve(folder),
    tempDir: resolve(options.temp ?? folder),
    temp2Dir: optional(options.temp2, (path) => resolve(path)),
  };
}

const optional = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
  text === undefined ? undefined : read(text);

function requestOf(options: CreateOptions, k: number): PlotRequest {
  const { id, memo, farmerPublicKey, contract } = options;
  if (id !== undefined && memo !== undefined && !farmerPublicKey && !contract) {
    const identity = {
      plotId: hexOption('--id', id, 32),
      memo: hexOption('--memo', memo, 0, MAX_MEMO_BYTES),
    };
    return { k, keys: null, identity };
  }
  if (id !== undefined || memo !== undefined || !farmerPublicKey || !contract) {
    throw invalid('--farmer-public-key + --contract | --id + --memo');
  }
  const farmer = hexOption('--farmer-public-key', farmerPublicKey, 48);
  try {
    const contractPuzzleHash = /^(0x)?[0-9a-fA-F]{64}$/.test(contract)
      ? hexOption('--contract', contract, 32)
      : decodeAddress(contract).puzzleHash;
    const request = { k, keys: { farmerPublicKey: farmer, contractPuzzleHash }, identity: null };
    // a key that is no point of the curve is found now, not after the plan
    draw(request);
    return request;
  } catch (error) {
    throw invalid(textOf(error));
  }
}

/** Which plot a request leads to, when it was not begun before. */
function draw({ k, keys, identity }: PlotRequest) {
  const { plotId, memo } = identity ?? plotIdentity({ ...keys!, masterSecretKey: keyGen(randomBytes(32)) });
  return { plotId, memo, fileName: plotFileName(k, new Date(), bytesToHex(plotId)) };
}
