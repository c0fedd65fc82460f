import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keyGen, plotIdentity } from '#libs/chia';
import { bytesToHex, hexToBytes, type PlotTask } from '#libs/protocol';
import { codeOf, textOf } from '../client-error.js';
import { contentOf } from '../plots/content.js';
import { discardPlot } from '../plots/make-plot-file.js';
import { readPlotFile } from '../plots/plot-folder.js';
import { plotKindOf } from '../plots/plot-kinds.js';
import { formatSize } from '../sizes.js';
import type { PlotLease } from '../state/lease-store.js';
import { HANDING_IN, type OnProgress, type TaskContext } from './context.js';
import { failureOf } from './task-failure.js';

/** Answering rounds and other people's programs go first. */
const PLOTTING_NICE = 10;

/**
 * Makes the plot of a lease and registers it. Whatever happens in between, the same lease always leads to the
 * same plot, and a finished one is registered again until the center has answered. Errors: TaskFailure;
 * CroftError lease_…; the signal's reason.
 */
export async function makeLeasedPlot(
  task: PlotTask,
  context: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const lease = (await context.leases.load(task.leaseId)) ?? (await beginLease(task, context));
  const file = join(context.folder.path, lease.fileName);
  if (!(await isFinished(file, lease))) {
    await rm(file, { force: true });
    await plotTo(lease, file, context, onProgress, signal);
  }
  const made = await withContent(lease, file, context, onProgress, signal);
  onProgress(HANDING_IN, 1);
  await register(made, context, signal);
}

/** Chooses the plot's keys; from here on the lease leads to one plot only. */
async function beginLease(task: PlotTask, { leases, log }: TaskContext): Promise<PlotLease> {
  const masterSecretKey = keyGen(randomBytes(32));
  const { plotId, memo } = plotIdentity({
    contractPuzzleHash: hexToBytes(task.contractPuzzleHash),
    farmerPublicKey: hexToBytes(task.farmerPublicKey),
    masterSecretKey,
  });
  const lease: PlotLease = {
    leaseId: task.leaseId,
    campaignId: task.campaignId,
    plotKind: task.plotKind,
    k: task.k,
    farmerPublicKey: task.farmerPublicKey,
    contractPuzzleHash: task.contractPuzzleHash,
    masterSecretKey: bytesToHex(masterSecretKey),
    plotId: bytesToHex(plotId),
    memo: bytesToHex(memo),
    fileName: plotKindOf(task.plotKind).fileName(task.k, new Date(), bytesToHex(plotId)),
    made: null,
  };
  await leases.save(lease);
  log.say('plot_task', { k: lease.k, plotId: lease.plotId });
  return lease;
}

/** The plotter gives the final name only to a whole file, so its header is enough. */
async function isFinished(file: string, lease: PlotLease): Promise<boolean> {
  const found = await readPlotFile(file).catch(() => null);
  if (found?.plotId !== lease.plotId || found.kind !== lease.plotKind || found.k !== lease.k) return false;
  return lease.made === null || found.plotBytes === lease.made.plotBytes;
}

async function plotTo(
  lease: PlotLease,
  file: string,
  { makePlot, node, log }: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const started = performance.now();
  const { plotId, k } = lease;
  let said = '';
  const progress = (phase: string, fraction: number) => {
    const phaseName = phase.split(' ')[0]!;
    if (phaseName !== said)
      log.say('plot_phase', { plotId, phase: phaseName, percent: Math.floor(fraction * 100) });
    said = phaseName;
    onProgress(phaseName, fraction);
  };
  const job = {
    plotId: hexToBytes(plotId),
    k,
    memo: hexToBytes(lease.memo),
    file,
    temp: node.temp,
    nice: PLOTTING_NICE,
    // the next run goes on where this one stops; a lease that is dropped takes it all away
    keepOnFailure: true,
  };
  try {
    await makePlot(job, progress, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error, 'plotting_failed');
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.say('plot_made', { plotId, size: formatSize((await stat(file)).size), seconds });
}

/** Notes the finished file's content root, so that it is read through once only. */
async function withContent(
  lease: PlotLease,
  file: string,
  { leases, folder }: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<PlotLease> {
  let known = lease;
  if (lease.made === null) {
    known = { ...lease, made: await contentOf(file, signal, (part) => onProgress('hashing', part)) };
    await leases.save(known);
  }
  // the spot check may come before the answer to the registration
  await folder.add(file);
  return known;
}

async function register(lease: PlotLease, context: TaskContext, signal: AbortSignal): Promise<void> {
  const { session, leases, folder, custody, log } = context;
  const { leaseId, plotId, plotKind, k, memo, made } = lease;
  if (!made) return;
  try {
    await session.callUntilAnswered('plot:register', { leaseId, plotId, plotKind, k, memo, ...made }, signal);
  } catch (error) {
    signal.throwIfAborted();
    log.say('plot_refused', { plotId, text: textOf(error) });
    throw error;
  }
  await leases.remove(leaseId);
  log.say('plot_registered', { plotId });
  const file = folder.get(plotId);
  // its maker answers for it from now on; when this is not heard, the next connection says it
  if (file) await custody.ask(session, [file]).catch(() => {});
}

/**
 * Ends a lease that leads nowhere: its half-made files go, and its plot too unless the center has it. The
 * cause may be that the plot is registered already and only the answer was lost; such a file stays.
 */
export async function dropLease(leaseId: string, context: TaskContext, cause?: unknown): Promise<void> {
  const { leases, folder, custody, node } = context;
  const lease = await leases.load(leaseId);
  if (!lease) return;
  const registered = custody.has(lease.plotId) || codeOf(cause) === 'plot_already_registered';
  if (!registered) {
    await folder.remove(lease.plotId);
    await discardPlot(join(folder.path, lease.fileName), node.temp);
  }
  await leases.remove(leaseId);
}

/**
 * A lease from an earlier run that the center no longer lists: a finished plot is offered once more, for the
 * answer to its registration may have been lost; anything else is dropped.
 */
export async function settleLease(leaseId: string, context: TaskContext, signal: AbortSignal): Promise<void> {
  const lease = await context.leases.load(leaseId);
  if (!lease) return;
  const file = join(context.folder.path, lease.fileName);
  try {
    if (lease.made && (await isFinished(file, lease))) return await register(lease, context, signal);
  } catch (error) {
    signal.throwIfAborted();
    return dropLease(leaseId, context, error);
  }
  await dropLease(leaseId, context);
}
