import { processIdentity } from '#libs/processes';
import type { MachineReport } from '#libs/protocol';
import { BeeWork } from '../bee/bee-work.js';
import type { Log } from '../log.js';
import { reportMachine } from '../machine.js';
import { MachinePlotters } from '../plots/machine-plotters.js';
import { PlotFolder } from '../plots/plot-folder.js';
import type { DataFolder } from '../state/data-folder.js';
import { LeaseStore } from '../state/lease-store.js';
import type { PairedNode } from '../state/node-state.js';
import { ReceiptJournal } from '../state/receipt-journal.js';
import { type DaemonStatus, StatusWriter } from '../state/status-file.js';
import { Sampling } from '../swarm/sampling.js';
import { clientVersion } from '../version.js';
import type { TaskContext } from './context.js';
import { Custody } from './custody.js';
import { sweepLeftRuns } from './left-plots.js';
import { NetworkProbe } from './network-probe.js';
import { Rounds } from './rounds.js';
import { Serving } from './serving.js';
import { Session } from './session.js';
import { Work } from './work.js';

export interface DaemonOptions {
  node: PairedNode;
  data: DataFolder;
  log: Log;
  /** The plotters of this machine; by default as the node was told when it joined. */
  plotters?: MachinePlotters;
}

/** Free space changes while the node works, and the center grants moves by it: looked at so often, told when it matters. */
const LOOK_EVERY_MS = 60_000;
const REPORT_EVERY_MS = 15 * 60_000;
/** Changes of free space up to this are not worth telling at once. */
const SMALL_BYTES = 1e9;

/** The node at work. The caller holds the data folder's lock. */
export class Daemon {
  private readonly stopping = new AbortController();
  private readonly startedAt = new Date().toISOString();
  private readonly folder: PlotFolder;
  private readonly custody: Custody;
  private readonly session: Session;
  private readonly rounds: Rounds;
  private readonly probe: NetworkProbe;
  private readonly bee: BeeWork | null;
  private readonly context: TaskContext;
  private readonly work: Work;
  private readonly status: StatusWriter;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;
  private reporting?: NodeJS.Timeout;
  private told: { report: MachineReport; at: number } | null = null;

  /** Reads the folder and the journal. Errors: those of the file system. */
  static async open(options: DaemonOptions): Promise<Daemon> {
    return new Daemon(options, await ReceiptJournal.open(options.data.file.receipts()));
  }

  private constructor(
    private readonly options: DaemonOptions,
    private readonly journal: ReceiptJournal,
  ) {
    const { node, data, log } = options;
    const plotters = options.plotters ?? new MachinePlotters(process.env, node.plotter);
    this.status = new StatusWriter(data.file.status(), () => this.snapshot());
    const { changed } = this.status;
    this.folder = new PlotFolder(node.path);
    this.custody = new Custody(this.folder, log, changed);
    this.session = new Session(node, log, () => this.opened(), changed);
    const { folder, custody, session } = this;
    this.rounds = new Rounds({ node, folder, custody, session, journal, log, changed });
    this.probe = new NetworkProbe(session, log);
    this.bee = node.bee ? new BeeWork(node.bee, session, log) : null;
    const leases = new LeaseStore(data);
    this.context = { node, session, folder, custody, leases, plotters, log };
    this.work = new Work(this.context, this.stopping.signal, changed);
    this.listen(new Serving(folder));
  }

  async start(): Promise<void> {
    const { node, log } = this.options;
    if (node.roles.includes('plotter')) await sweepLeftRuns(this.context);
    await this.folder.scan();
    await this.folder.sweepAside();
    for (const { file, reason } of this.folder.problems()) log.say('plot_unreadable', { file, text: reason });
    log.say('run_started', { version: clientVersion, center: node.paired.centerName, path: node.path });
    await this.status.write();
    this.session.start();
    this.bee?.start();
    this.working = this.work.run();
    this.reporting = setInterval(() => void this.reportNews().catch(() => {}), LOOK_EVERY_MS);
  }

  /** Resolves when the work loop ended, which it does only by `stop`. */
  get ended(): Promise<void> {
    return this.working;
  }

  /** Ends everything: half-made work stays to be continued by the next start. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    clearInterval(this.reporting);
    this.stopping.abort(new Error('stopping'));
    this.rounds.stop();
    this.probe.stop();
    this.bee?.stop();
    this.session.close();
    await this.working.catch(() => {});
    await this.journal.close();
    await this.status.close();
    this.options.log.say('run_stopped');
  }

  snapshot(): DaemonStatus {
    const { node } = this.options;
    const plots = this.folder.all();
    return {
      pid: process.pid,
      process: processIdentity(process.pid) ?? String(process.pid),
      startedAt: this.startedAt,
      at: new Date().toISOString(),
      stopped: this.stopped,
      nodeId: node.paired.nodeId,
      name: node.name,
      roles: node.roles,
      centerUrl: node.centerUrl,
      centerName: node.paired.centerName,
      link: this.session.link,
      problem: this.session.problem,
      path: node.path,
      storeBytes: node.storeBytes,
      plots: {
        files: plots.length,
        bytes: plots.reduce((sum, { plotBytes }) => sum + plotBytes, 0),
        kept: this.custody.size,
        unreadable: this.folder.problems(),
      },
      tasks: [...this.work.running.values()].map(({ task, progress }) => ({
        leaseId: task.leaseId,
        kind: task.kind,
        k: task.k,
        ...progress,
      })),
      checks: this.journal.counts,
    };
  }

  private listen(serving: Serving): void {
    const { session, rounds, custody, work, probe } = this;
    session.on('round', (message) => rounds.begin(message));
    session.on('task:available', () => work.wake());
    session.on('plot:kept', (message) => custody.keep(message));
    session.on('plot:released', (message) => custody.release(message));
    session.on('plot:rejected', (message) => custody.reject(message));
    session.onAsk('transfer:read', (message) => serving.read(message));
    const sampling = new Sampling(this.folder);
    session.onAsk('replica:sample', (message) => sampling.sample(message));
    session.onAsk('replica:open', (message) => sampling.open(message));
    session.on('network:ping', (message) => probe.echo(message));
    session.on('network:payload', (message) => probe.digest(message));
    session.onAsk('network:return', (message) => probe.giveBack(message));
  }

  /** What every new connection begins with. */
  private async opened(): Promise<void> {
    await this.report(await reportMachine(this.options.node));
    await this.custody.sync(this.session);
    this.bee?.opened();
    // what came while the connection was away was not heard
    this.work.wake();
  }

  private async reportNews(): Promise<void> {
    const report = await reportMachine(this.options.node);
    const { told } = this;
    const old = !told || performance.now() - told.at > REPORT_EVERY_MS;
    if (old || differs(told.report, report)) await this.report(report);
  }

  private async report(report: MachineReport): Promise<void> {
    await this.session.call('node:report', report);
    this.told = { report, at: performance.now() };
  }
}

/** Whether the center would choose work otherwise. */
function differs(a: MachineReport, b: MachineReport): boolean {
  const far = (one: number | null, other: number | null) =>
    one === null || other === null ? one !== other : Math.abs(one - other) > SMALL_BYTES;
  return far(a.storeFreeBytes, b.storeFreeBytes) || far(a.tempFreeBytes, b.tempFreeBytes);
}
