import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { builtinPlotter } from '#libs/chia';
import type { createPlot as createPlotHere } from '#libs/proof-of-space';
import { join } from '../../apps/client/src/commands/join.js';
import { Daemon } from '../../apps/client/src/daemon/daemon.js';
import { MachinePlotters } from '../../apps/client/src/plots/machine-plotters.js';
import { dataFolder } from '../../apps/client/src/state/data-folder.js';
import { loadPairedNode } from '../../apps/client/src/state/node-state.js';
import type { Person } from './person.js';

// the compiled library plots in a thread of its own; from source it would hold this one up
const compiled = new URL('../../dist/libs/proof-of-space/index.js', import.meta.url).href;

export const createPlot: typeof createPlotHere = async (options) =>
  ((await import(/* @vite-ignore */ compiled)) as typeof import('#libs/proof-of-space')).createPlot(options);

/** A real client in this process: joined by code, with folders of its own. */
export class Client {
  daemon?: Daemon;
  readonly said: { event: string; [name: string]: unknown }[] = [];

  /** Where other plotters are looked for. */
  env: NodeJS.ProcessEnv = {};

  private constructor(
    readonly person: Person,
    readonly root: string,
  ) {}

  static async join(
    person: Person,
    offer: { store: string; plot?: boolean; plotter?: string; bee?: string; beeKeyFile?: string },
  ): Promise<Client> {
    const client = new Client(person, await mkdtemp(joinPath(tmpdir(), 'croft-world-')));
    const speak = (key: string) => key;
    const io = { out: () => {}, err: () => {}, speak: speak as never, env: {} };
    const options = {
      ...offer,
      code: await person.code(),
      path: client.path,
      data: client.data,
      name: 'test',
    };
    await join(person.url, options, io);
    return client;
  }

  get path() {
    return joinPath(this.root, 'plots');
  }

  get data() {
    return joinPath(this.root, 'data');
  }

  async start(): Promise<this> {
    const data = await dataFolder(this.data, {}).make();
    const log = { say: (event: string, values?: object) => void this.said.push({ event, ...values }) };
    const node = await loadPairedNode(data);
    const plotters = new MachinePlotters(this.env, node.plotter, builtinPlotter(createPlot));
    this.daemon = await Daemon.open({ node, data, log, plotters });
    await this.daemon.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.daemon?.stop();
    this.daemon = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.root, { recursive: true, force: true });
  }
}
