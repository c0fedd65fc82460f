import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyPair } from '#libs/protocol';
import { Daemon, type DaemonOptions } from '../daemon/daemon.js';
import type { Log } from '../log.js';
import { DataFolder } from '../state/data-folder.js';
import type { PairedNode } from '../state/node-state.js';
import { TestCenter } from './test-center.js';

export interface Said {
  event: string;
  [name: string]: unknown;
}

/** A paired node with folders of its own, and the center it belongs to. */
export class TestNode {
  readonly keys = newKeyPair();
  readonly center = new TestCenter(() => this.keys.publicKey);
  readonly said: Said[] = [];
  readonly log: Log = { say: (event, values) => void this.said.push({ event, ...values }) };
  node!: PairedNode;
  data!: DataFolder;
  /** Folder of plots. */
  path!: string;
  daemon?: Daemon;
  private root!: string;

  async begin(offer: Partial<PairedNode> = {}): Promise<this> {
    await this.center.start();
    this.root = await mkdtemp(join(tmpdir(), 'croft-client-'));
    this.path = await mkdtemp(join(this.root, 'plots-'));
    this.data = await new DataFolder(join(this.root, 'data')).make();
    this.node = {
      version: 1,
      centerUrl: this.center.url,
      code: 'ABCD1234',
      ...this.keys,
      name: 'test node',
      roles: ['plotter', 'storer'],
      storeBytes: 1e12,
      path: this.path,
      temp: null,
      paired: {
        nodeId: this.center.nodeId,
        centerPublicKey: this.center.keys.publicKey,
        centerName: 'Test center',
      },
      ...offer,
    };
    return this;
  }

  /** Starts a daemon, as after a restart of the client. */
  async run(more: Partial<DaemonOptions> = {}): Promise<Daemon> {
    const { node, data, log } = this;
    this.daemon = await Daemon.open({ node, data, log, ...more });
    await this.daemon.start();
    return this.daemon;
  }

  async halt(): Promise<void> {
    await this.daemon?.stop();
  }

  async end(): Promise<void> {
    await this.halt();
    await this.center.stop();
    await rm(this.root, { recursive: true, force: true });
  }

  events(event: string): Said[] {
    return this.said.filter((line) => line.event === event);
  }
}

/** Waits until `condition` gives something, for 30 seconds at most: a plot is made in some of the tests. */
export async function until<T>(condition: () => T | undefined | false | null, what = 'it'): Promise<T> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const value = condition();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
