import { ClientError } from '../client-error.js';
import { dataFolder } from '../state/data-folder.js';
import { forgetNode, loadPairedNode } from '../state/node-state.js';
import { takeProcessLock } from '../state/process-lock.js';
import type { CommandIo } from './io.js';

/** `croft leave`: forgets the node's key. The plots stay on the disk; the portal can remove the node itself. */
export async function leave(options: { yes?: boolean; data?: string }, io: CommandIo): Promise<void> {
  const folder = dataFolder(options.data, io.env);
  const node = await loadPairedNode(folder);
  if (!options.yes) {
    io.out(io.speak('leave_confirm', { path: node.path }));
    throw new ClientError('confirmation_missing');
  }
  const unlock = await takeProcessLock(folder.file.lock());
  try {
    await forgetNode(folder);
  } finally {
    await unlock();
  }
  io.out(io.speak('leave_done', { center: node.paired.centerName }));
  io.out(io.speak('leave_plots_stay', { path: node.path }));
}
