import { ClientError, textOf } from '../client-error.js';
import { Daemon } from '../daemon/daemon.js';
import { lineLog } from '../log.js';
import { MachinePlotters, plotterNamed } from '../plots/machine-plotters.js';
import { dataFolder } from '../state/data-folder.js';
import { loadPairedNode, type PairedNode } from '../state/node-state.js';
import { takeProcessLock } from '../state/process-lock.js';
import type { CommandIo } from './io.js';

/** A clean stop takes milliseconds; whatever hangs is cut off. */
const STOP_WITHIN_MS = 1_800;

/** One that was named must be there, before work is taken for it. Errors: plot_options_invalid, plotter_not_usable. */
async function plottersOf(
  node: PairedNode,
  options: { plotter?: string },
  io: CommandIo,
): Promise<MachinePlotters> {
  const wanted = options.plotter === undefined ? node.plotter : plotterNamed(options.plotter);
  const plotters = new MachinePlotters(io.env, wanted);
  if (wanted && !(await plotters.has(wanted))) throw new ClientError('plotter_not_usable', wanted);
  return plotters;
}

/** `croft run`: the daemon, until SIGINT, SIGTERM or the end of the parent's channel. */
export async function run(
  options: { json?: boolean; data?: string; plotter?: string },
  io: CommandIo,
): Promise<void> {
  const folder = await dataFolder(options.data, io.env).make();
  const node = await loadPairedNode(folder);
  const plotters = await plottersOf(node, options, io);
  const unlock = await takeProcessLock(folder.file.lock());
  try {
    const log = lineLog(io.speak, options.json === true, io.out);
    const daemon = await Daemon.open({ node, data: folder, log, plotters });
    const stop = () => {
      setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
      void daemon.stop();
    };
    // one stray promise must not end a node's work
    const stray = (error: unknown) => log.say('trouble', { text: textOf(error) });
    process.on('unhandledRejection', stray);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    if (process.send) process.once('disconnect', stop);
    try {
      await daemon.start();
      await daemon.ended;
    } finally {
      await daemon.stop();
    }
  } finally {
    await unlock();
    // an open channel to the parent would keep this process alive
    if (process.connected) process.disconnect();
  }
}
