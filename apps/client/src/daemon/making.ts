import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type DrawnPlot,
  encodeAddress,
  type FoundPlotter,
  type PlotterChoice,
  type PlotterProgress,
  type PlotterRun,
} from '#libs/chia';
import type { PlotterError } from '#libs/proof-of-space';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import { codeOf, textOf } from '../client-error.js';
import { discardPlot } from '../plots/discard-plot.js';
import type { MachinePlotters } from '../plots/machine-plotters.js';
import { formatSize } from '../sizes.js';
import type { PlotLease } from '../state/lease-store.js';
import type { NodeState } from '../state/node-state.js';
import type { OnProgress, TaskContext } from './context.js';
import { failureOf, TaskFailure } from './task-failure.js';

/** Answering rounds and other people's programs go first. */
const PLOTTING_NICE = 10;

/** A lease whose plotter has drawn its plot. */
export type DrawnLease = PlotLease & { plot: NonNullable<PlotLease['plot']> };

export const isDrawn = (lease: PlotLease): lease is DrawnLease => lease.plot !== null;

/** Makes the plot with the plotter chosen for it; when one that was not named fails, with the next. */
export async function plotFor(
  begun: PlotLease,
  context: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<DrawnLease> {
  const { node, folder, log, plotters } = context;
  if (begun.plot) await rm(join(folder.path, begun.plot.fileName), { force: true });
  const run = runFor(begun.k, node, plotters);
  for (;;) {
    signal.throwIfAborted();
    const { other, choice } = await chooseFor(begun, run, plotters);
    log.say('plot_by', { k: begun.k, plotter: other?.name ?? 'builtin', reason: choice.why });
    try {
      return await plotBy(other, begun, run, context, onProgress, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (codeOf(error) === 'plot_not_as_asked') await discardWrong(error);
      if (!other || plotters.wanted || codeOf(error) === 'disk_full')
        throw failureOf(error, 'plotting_failed');
      plotters.giveUp(other.name);
      log.say('plotter_gave_up', { plotter: other.name, text: textOf(error) });
    }
  }
}

/** A plot that the built-in plotter has begun goes on with it. Errors: TaskFailure. */
async function chooseFor(
  { plot, k }: PlotLease,
  run: PlotterRun,
  plotters: MachinePlotters,
): Promise<{ other: FoundPlotter | null; choice: PlotterChoice }> {
  const { wanted, builtin } = plotters;
  if (plot && (wanted ?? 'builtin') === 'builtin' && builtin.canMake(run) === null) {
    return { other: null, choice: { plotter: 'builtin', why: 'builtin_can', details: { k } } };
  }
  try {
    return await plotters.choose(run);
  } catch (error) {
    throw failureOf(error, 'plotting_failed');
  }
}

/** All cores, and memory for as many threads as there is. Errors: none. */
export function runFor(
  k: number,
  node: Pick<NodeState, 'path' | 'temp'>,
  plotters: MachinePlotters,
): PlotterRun {
  const run = { k, tempDir: node.temp ?? node.path, finalDir: node.path };
  let threads = Math.min(64, availableParallelism());
  while (threads > 1 && plotters.builtin.canMake({ ...run, threads }) === 'memory_too_small') threads >>= 1;
  return { ...run, threads };
}

async function plotBy(
  other: FoundPlotter | null,
  begun: PlotLease,
  run: PlotterRun,
  context: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<DrawnLease> {
  const { leases, log, node, plotters, folder } = context;
  const started = performance.now();
  let lease = begun;
  const onDrawn = async ({ plotId, memo, fileName }: DrawnPlot) => {
    const drawn = { plotId: bytesToHex(plotId), memo: bytesToHex(memo), fileName };
    const before = lease.plot;
    if (before?.plotId === drawn.plotId) return;
    lease = { ...lease, plot: drawn, made: null };
    await leases.save(lease);
    // what the built-in plotter had begun before another was named
    if (before) await discardPlot(join(folder.path, before.fileName), node.temp);
    log.say('plot_task', { k: lease.k, plotId: drawn.plotId });
  };
  const controls = {
    ...{ signal, nice: PLOTTING_NICE, onDrawn },
    onProgress: progressOf(() => lease, onProgress, context),
    // the next run goes on where this one stops; a lease that is dropped takes it all away
    keepOnFailure: true,
  };
  const farmerPublicKey = hexToBytes(begun.farmerPublicKey);
  const contractAddress = encodeAddress(hexToBytes(begun.contractPuzzleHash));
  const keys = { farmerPublicKey, contractAddress, tag: begun.leaseId };
  const { bytes } = other
    ? await other.make({ ...run, ...keys }, controls)
    : await plotters.builtin.make(
        begun.plot ? { ...run, plot: given(begun.plot) } : { ...run, ...keys },
        controls,
      );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!isDrawn(lease)) throw new TaskFailure('plotting_failed', 'the plotter did not say which plot it made');
  log.say('plot_made', { plotId: lease.plot.plotId, size: formatSize(bytes), seconds });
  return lease;
}

const given = ({ plotId, memo, fileName }: DrawnLease['plot']): DrawnPlot => ({
  plotId: hexToBytes(plotId),
  memo: hexToBytes(memo),
  fileName,
});

/** Says each phase once, and hands every step on. */
function progressOf(lease: () => PlotLease, onProgress: OnProgress, { log }: TaskContext) {
  let said = '';
  return ({ phase, fraction }: PlotterProgress) => {
    const { plot, leaseId } = lease();
    const percent = Math.floor(fraction * 100);
    if (phase !== said) log.say('plot_phase', { plotId: plot?.plotId ?? leaseId, phase, percent });
    said = phase;
    onProgress(phase, fraction);
  };
}

/** A plot for other keys is of no use to anybody here. */
async function discardWrong(error: unknown): Promise<void> {
  const { path } = (error as PlotterError).details;
  if (typeof path === 'string') await rm(dirname(path), { recursive: true, force: true });
}
