import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  decodeAddress,
  type FoundPlotter,
  keyGen,
  type PlotterName,
  type PlotterRequest,
  plotIdentity,
} from '#libs/chia';
import {
  chiaV1,
  MAX_MEMO_BYTES,
  PauseSwitch,
  type PlotPlan,
  planPlot,
  plotFileName,
  removeOrphanedPlotFiles,
} from '#libs/proof-of-space';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';
import { makePlotFile, type OnPlotProgress } from '../plots/make-plot-file.js';
import { type PlotRequest, UnfinishedPlots } from '../plots/unfinished-plots.js';
import { formatSize, parseSize } from '../sizes.js';
import { chooseFor, PLOTTERS } from './choose-plotter.js';
import { onInterrupt } from './interrupt.js';
import type { CommandIo } from './io.js';

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
 * command; Ctrl-C takes back what it has done. Errors: plot_options_invalid, and those of the plotter.
 */
export async function createPlotCommand(options: CreateOptions, io: CommandIo): Promise<void> {
  const k = wholeNumber('--k', options.k, chiaV1.k.min, chiaV1.k.max)!;
  const folder = options.final ?? options.path;
  if (!folder) throw invalid('--final');
  const resources = {
    threads: wholeNumber('--threads', options.threads, 1, 64) ?? 2,
    memoryBytes: sizeOf('--memory', options.memory),
    buckets: wholeNumber('--buckets', options.buckets, 1, 4096),
    onDisk: options.disk,
  };
  const nice = wholeNumber('--nice', options.nice, 0, 19);
  const request = requestOf(options, k);
  const forced = plotterNamed(options.plotter);
  if (forced && forced !== 'builtin' && !request.keys) throw invalid('--plotter --id');
  const { plan, refused } = planOrRefusal(() =>
    planPlot({ k, memoBytes: request.identity?.memo.length, ...resources }),
  );
  if (request.keys) {
    const { threads, memoryBytes, buckets } = resources;
    const folders = { tempDir: options.temp ?? folder, temp2Dir: options.temp2, finalDir: folder };
    const wanted = { k, threads, memoryBytes, buckets, ...folders };
    const chosen = await chooseFor(request.keys, wanted, plan, forced, refused, io);
    if (chosen.other) return makeWithOther(chosen.other, chosen.request, options, io);
  }
  if (!plan) throw refused;
  tellPlan(plan, options, io);
  if (options.dryRun) return;

  const path = resolve(folder);
  // not made when it is missing: that may be a disk that is not there
  if (!(await isFolder(path))) throw new ClientError('folder_not_writable', path);
  const unfinished = new UnfinishedPlots(path);
  const { plotId, memo, file } = (await unfinished.find(request)) ?? (await begin(unfinished, request, path));
  const temp = options.temp ? resolve(options.temp) : null;
  const temp2 = options.temp2 ? resolve(options.temp2) : undefined;
  const others = new Set([path, ...(temp ? [temp] : []), ...(temp2 ? [temp2] : [])]);
  for (const one of others) {
    for (const gone of removeOrphanedPlotFiles(one, file))
      io.err(io.speak('create_orphan', { folder: gone }));
  }
  const pause = new PauseSwitch();
  const interrupt = onInterrupt(pause);
  const started = performance.now();
  const job = { plotId, k, memo, file, temp, temp2, nice, pause, ...resources };
  try {
    await makePlotFile(job, options.json ? jsonProgress(io) : progressLine(io), interrupt.signal);
  } finally {
    interrupt.end();
    await unfinished.forget(file);
  }
  tellMade({ file, k, plotId, bytes: (await stat(file)).size, started }, options, io);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function begin(unfinished: UnfinishedPlots, request: PlotRequest, path: string) {
  const { plotId, memo } = request.identity ?? identityFor(request);
  const file = join(path, plotFileName(request.k, new Date(), bytesToHex(plotId)));
  await unfinished.begin({ ...request, identity: { plotId, memo } }, file);
  return { plotId, memo, file };
}

function plotterNamed(name: string | undefined): PlotterName | undefined {
  if (name === undefined || name === 'auto') return undefined;
  const known = PLOTTERS.find((one) => one === name);
  if (!known) throw invalid(`--plotter ${name.slice(0, 20)}`);
  return known;
}

function planOrRefusal(make: () => PlotPlan): { plan: PlotPlan | null; refused: unknown } {
  try {
    return { plan: make(), refused: null };
  } catch (refused) {
    return { plan: null, refused };
  }
}

async function makeWithOther(
  plotter: FoundPlotter,
  request: PlotterRequest,
  options: CreateOptions,
  io: CommandIo,
): Promise<void> {
  if (options.dryRun) {
    io.out(options.json ? JSON.stringify({ plotter: plotter.name }) : plotter.executable);
    return;
  }
  const pause = new PauseSwitch();
  const interrupt = onInterrupt(pause);
  const tell = options.json ? jsonProgress(io) : progressLine(io);
  const started = performance.now();
  try {
    const { path, plotId, bytes } = await plotter.make(request, {
      signal: interrupt.signal,
      pause: plotter.canPause ? pause : undefined,
      nice: wholeNumber('--nice', options.nice, 0, 19),
      onProgress: ({ phase, fraction }) => tell(phase, fraction),
    });
    tellMade({ file: path, k: request.k, plotId, bytes, started }, options, io);
  } finally {
    interrupt.end();
  }
}

function tellMade(
  made: { file: string; k: number; plotId: Uint8Array; bytes: number; started: number },
  { json }: CreateOptions,
  io: CommandIo,
): void {
  const { file, k, bytes } = made;
  const seconds = Math.round((performance.now() - made.started) / 100) / 10;
  if (json) io.out(JSON.stringify({ file, k, plotId: bytesToHex(made.plotId), bytes, seconds }));
  else io.out(io.speak('create_done', { file, size: formatSize(bytes), seconds }));
}

function tellPlan(plan: PlotPlan, { json, dryRun }: CreateOptions, io: CommandIo): void {
  if (json) {
    if (dryRun) io.out(JSON.stringify({ plan }));
    return;
  }
  const text = io.speak(plan.mode === 'memory' ? 'create_plan_memory' : 'create_plan_disk', {
    threads: plan.threads,
    buckets: plan.buckets,
    memory: formatSize(plan.peakMemoryBytes),
    temp: formatSize(plan.tempBytes),
    temp2: formatSize(plan.temp2Bytes),
    final: formatSize(plan.finalBytes),
  });
  if (dryRun) io.out(text);
  else io.err(text);
}

function requestOf(options: CreateOptions, k: number): PlotRequest {
  const { id, memo, farmerPublicKey, contract } = options;
  if (id !== undefined && memo !== undefined && !farmerPublicKey && !contract) {
    const identity = {
      plotId: bytesOf('--id', id, 32, 32),
      memo: bytesOf('--memo', memo, 0, MAX_MEMO_BYTES),
    };
    return { k, keys: null, identity };
  }
  if (id !== undefined || memo !== undefined || !farmerPublicKey || !contract) {
    throw invalid('--farmer-public-key + --contract | --id + --memo');
  }
  const farmer = bytesOf('--farmer-public-key', farmerPublicKey, 48, 48);
  try {
    const contractPuzzleHash = /^(0x)?[0-9a-fA-F]{64}$/.test(contract)
      ? bytesOf('--contract', contract, 32, 32)
      : decodeAddress(contract).puzzleHash;
    const request = { k, keys: { farmerPublicKey: farmer, contractPuzzleHash }, identity: null };
    // a key that is no point of the curve is found now, not after the plan
    identityFor(request);
    return request;
  } catch (error) {
    throw invalid(textOf(error));
  }
}

function identityFor({ keys }: PlotRequest): { plotId: Uint8Array; memo: Uint8Array } {
  return plotIdentity({ ...keys!, masterSecretKey: keyGen(randomBytes(32)) });
}

function bytesOf(option: string, hex: string, least: number, most: number): Uint8Array {
  const digits = hex.replace(/^0x/, '').toLowerCase();
  if (!/^([0-9a-f]{2})*$/.test(digits) || digits.length < 2 * least || digits.length > 2 * most) {
    throw invalid(`${option} ${hex.slice(0, 20)}`);
  }
  return hexToBytes(digits);
}

const invalid = (detail: string) => new ClientError('plot_options_invalid', detail);

function wholeNumber(option: string, text: string | undefined, least: number, most: number) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < least || value > most)
    throw invalid(`${option} ${text.slice(0, 20)}`);
  return value;
}

function sizeOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = parseSize(text);
  if (bytes === null || bytes === 0) throw invalid(`${option} ${text.slice(0, 20)}`);
  return bytes;
}

/** Progress to the error channel, a line for every tenth. */
function progressLine(io: CommandIo): OnPlotProgress {
  let told = 0;
  return (phase, fraction, remainingMs) => {
    const tenth = Math.floor(fraction * 10);
    if (tenth <= told) return;
    told = tenth;
    const left = remainingMs ? io.speak('create_left', { seconds: Math.ceil(remainingMs / 1000) }) : '';
    io.err(`${tenth * 10} % ${phase}${left}`);
  };
}

/** Progress as JSON lines, one for each hundredth. */
function jsonProgress(io: CommandIo): OnPlotProgress {
  let told = -1;
  return (phase, fraction, remainingMs) => {
    const hundredth = Math.floor(fraction * 100);
    if (hundredth <= told) return;
    told = hundredth;
    io.out(JSON.stringify({ progress: { phase, fraction, remainingMs: remainingMs ?? null } }));
  };
}
