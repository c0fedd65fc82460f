import { basename, join } from 'node:path';
import { identityFromMemo, type LeftPlot, sweepPlotterRuns } from '#libs/chia';
import { bytesToHex } from '#libs/protocol';
import type { PlotLease } from '../state/lease-store.js';
import type { TaskContext } from './context.js';
import { isFinished } from './plotting.js';

const LEASE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Clears up after other plotters whose client was killed: one that still runs is ended, a plot that it had finished for
 * a lease becomes that lease's, all else goes.
 */
export async function sweepLeftRuns(context: TaskContext): Promise<void> {
  const { node, log } = context;
  const place = (plot: LeftPlot) => placeOf(plot, context);
  const swept = await sweepPlotterRuns([node.path, ...(node.temp ? [node.temp] : [])], { place });
  for (const pid of swept.ended) log.say('left_ended', { pid });
  for (const file of swept.plots) log.say('left_found', { file });
}

/** Where a finished plot goes; one for a lease is the lease's from here on, written down before it has its name. */
async function placeOf(plot: LeftPlot, { leases, node }: TaskContext): Promise<string> {
  // made by hand, in a folder of this node
  if (plot.tag === null) return plot.intended;
  const lease = LEASE_ID.test(plot.tag) ? await leases.load(plot.tag) : null;
  if (!lease || !isOf(plot, lease) || (await isFinished(lease, node.path))) return 'remove';
  const fileName = basename(plot.path);
  const drawn = { plotId: bytesToHex(plot.plotId), memo: bytesToHex(plot.memo), fileName };
  await leases.save({ ...lease, plot: drawn, made: null });
  return join(node.path, fileName);
}

/** Whether a plot's keys are those the lease asks for. */
function isOf({ memo }: LeftPlot, lease: PlotLease): boolean {
  const { farmerPublicKey, contractPuzzleHash } = identityFromMemo(memo);
  return (
    bytesToHex(farmerPublicKey) === lease.farmerPublicKey &&
    contractPuzzleHash !== null &&
    bytesToHex(contractPuzzleHash) === lease.contractPuzzleHash
  );
}
