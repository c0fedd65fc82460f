import { type BeeLinkOptions, linkBee } from '../bee/link.js';
import { unlinkBee } from '../bee/unlink.js';
import { ClientError, textOf } from '../client-error.js';
import { dataFolder } from '../state/data-folder.js';
import { loadPairedNode, saveNode } from '../state/node-state.js';
import { takeProcessLock } from '../state/process-lock.js';
import type { CommandIo } from './io.js';

/**
 * `croft bee link`: has this node speak for the Bee node beside it, from its next `croft run` on. Errors: not_joined,
 * data_folder_in_use, those of `linkBee`.
 */
export async function beeLink(
  options: Partial<BeeLinkOptions> & { data?: string },
  io: CommandIo,
): Promise<void> {
  const { bee, beeKeyFile } = options;
  if (!bee || !beeKeyFile) throw new ClientError('options_invalid', '--bee, --bee-key-file');
  const folder = dataFolder(options.data, io.env);
  const unlock = await takeProcessLock(folder.file.lock());
  try {
    const node = await loadPairedNode(folder);
    const link = await linkBee(node, { ...options, bee, beeKeyFile });
    await saveNode(folder, { ...node, bee: link });
    io.out(io.speak('bee_linked', { overlay: link.registration.overlay, url: link.url }));
  } finally {
    await unlock();
  }
}

/**
 * `croft bee unlink`: ends the link at the center and forgets the Bee node; where the center cannot be told, it is still
 * forgotten here. Errors: not_joined, data_folder_in_use.
 */
export async function beeUnlink(options: { data?: string }, io: CommandIo): Promise<void> {
  const folder = dataFolder(options.data, io.env);
  const unlock = await takeProcessLock(folder.file.lock());
  try {
    const { bee, ...node } = await loadPairedNode(folder);
    const untold = bee && (await unlinkBee(node, bee.registration.overlay).catch(textOf));
    await saveNode(folder, node);
    io.out(io.speak('bee_unlinked'));
    if (untold) io.err(io.speak('bee_unlinked_here', { text: untold }));
  } finally {
    await unlock();
  }
}
