import { chiaV1 } from '#libs/proof-of-space';
import { runFor } from '../daemon/making.js';
import { explainChoice, MachinePlotters } from '../plots/machine-plotters.js';
import { formatSize } from '../sizes.js';
import { dataFolder } from '../state/data-folder.js';
import { loadPairedNode, type PairedNode } from '../state/node-state.js';
import { type DaemonStatus, isLive, loadStatus } from '../state/status-file.js';
import type { CommandIo } from './io.js';
import { dataOption } from './join.js';

/** `croft status`: what the daemon last said of itself, and whether it still runs. */
export async function status(options: { json?: boolean; data?: string }, io: CommandIo): Promise<void> {
  const folder = dataFolder(options.data, io.env);
  const node = await loadPairedNode(folder);
  const last = await loadStatus(folder.file.status());
  const running = last !== null && isLive(last);
  const { nodeId, centerName } = node.paired;
  const plotter = node.roles.includes('plotter') ? await plotterOf(node, last, io) : null;
  if (options.json) {
    const { name, roles, centerUrl, path, storeBytes } = node;
    io.out(
      JSON.stringify({
        running,
        nodeId,
        name,
        roles,
        centerUrl,
        centerName,
        path,
        storeBytes,
        plotter,
        last,
      }),
    );
    return;
  }
  io.out(io.speak('status_node', { name: node.name, nodeId }));
  io.out(io.speak('status_center', { center: centerName, url: node.centerUrl }));
  const state = running
    ? io.speak('status_running', { pid: last.pid, since: last.startedAt })
    : io.speak('status_not_running', { data: dataOption(options.data) });
  io.out(io.speak('status_state', { state }));
  if (plotter) io.out(io.speak('status_plotter', { k: plotter.k, text: plotter.text }));
  if (last) tell(last, running, io);
}

/** Which plotter the next plot will be made with, as far as this machine tells: for the k of the last work, else 32. */
async function plotterOf(node: PairedNode, last: DaemonStatus | null, io: CommandIo) {
  const k = last?.tasks.find(({ kind }) => kind === 'plot')?.k ?? chiaV1.k.leastTrusted;
  const plotters = new MachinePlotters(io.env, node.plotter);
  const { choice, found } = await plotters.look(runFor(k, node, plotters));
  const others = found.map(({ name, version, executable }) => ({ name, version, executable }));
  const { plotter, why, details } = choice;
  return { k, plotter, why, details, text: explainChoice(choice, io.speak), found: others };
}

function tell(last: DaemonStatus, running: boolean, io: CommandIo): void {
  const { link, problem, plots, path, checks, tasks } = last;
  if (running) {
    io.out(io.speak('status_connection', { connection: io.speak(`link_${link}`) }));
    if (problem) io.out(io.speak('status_problem', { text: problem }));
  }
  const { files, kept, bytes } = plots;
  io.out(io.speak('status_plots', { kept, files, size: formatSize(bytes), path }));
  io.out(io.speak('status_checks', checks));
  for (const { kind, k, phase, fraction } of running ? tasks : []) {
    io.out(io.speak('status_task', { kind, k, phase, percent: Math.floor(fraction * 100) }));
  }
  for (const each of plots.unreadable) io.out(io.speak('status_unreadable', { ...each }));
}
