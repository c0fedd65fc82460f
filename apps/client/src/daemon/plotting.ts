import { join } from 'node:path';
import type { PlotTask } from '#libs/protocol';
import { codeOf, textOf } from '../client-error.js';
import { contentOf } from '../plots/content.js';
import { discardPlot } from '../plots/discard-plot.js';
import { readPlotFile } from '../plots/plot-folder.js';
import type { PlotLease } from '../state/lease-store.js';
import { HANDING_IN, type OnProgress, type TaskContext } from './context.js';
import { isDrawn, plotFor } from './making.js';

/**
 * Makes the plot of a lease and registers it. Whatever happens in between, a lease never leads to two plots, and a
 * finished one is registered again until the center has answered. Errors: TaskFailure; CroftError lease_…; the
 * signal's reason.
 */
export async function makeLeasedPlot(
  task: PlotTask,
  context: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const begun = (await context.leases.load(task.leaseId)) ?? (await beginLease(task, context));
  const lease = (await isFinished(begun, context.folder.path))
    ? begun
    : await plotFor(begun, context, onProgress, signal);
  const made = await withContent(lease, context, onProgress, signal);
  onProgress(HANDING_IN, 1);
  await register(made, context, signal);
}

async function beginLease(task: PlotTask, { leases }: TaskContext): Promise<PlotLease> {
  const { leaseId, campaignId, plotKind, k, farmerPublicKey, contractPuzzleHash } = task;
  const about = { leaseId, campaignId, plotKind, k, farmerPublicKey, contractPuzzleHash };
  const lease = { ...about, plot: null, made: null };
  await leases.save(lease);
  return lease;
}

/** Whether the lease's plot is there: plotters give the final name only to a whole file, so its header is enough. */
export async function isFinished(lease: PlotLease, folder: string): Promise<boolean> {
  if (!isDrawn(lease)) return false;
  const found = await readPlotFile(join(folder, lease.plot.fileName)).catch(() => null);
  const { plotKind, k, made } = lease;
  if (found?.plotId !== lease.plot.plotId || found.kind !== plotKind || found.k !== k) return false;
  return made === null || found.plotBytes === made.plotBytes;
}

/** Notes the finished file's content root, so that it is read through once only. */
async function withContent(
  lease: PlotLease,
  { leases, folder }: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<PlotLease> {
  if (!isDrawn(lease)) return lease;
  const file = join(folder.path, lease.plot.fileName);
  let known: PlotLease = lease;
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
  const { leaseId, plotKind, k, made } = lease;
  if (!made || !isDrawn(lease)) return;
  const { plotId, memo } = lease.plot;
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
  const { plot } = lease;
  const registered = codeOf(cause) === 'plot_already_registered' || (plot && custody.has(plot.plotId));
  if (plot && !registered) {
    await folder.remove(plot.plotId);
    await discardPlot(join(folder.path, plot.fileName), node.temp);
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
  try {
    if (lease.made && (await isFinished(lease, context.folder.path)))
      return await register(lease, context, signal);
  } catch (error) {
    signal.throwIfAborted();
    return dropLease(leaseId, context, error);
  }
  await dropLease(leaseId, context);
}
