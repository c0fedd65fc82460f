import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { testWallet } from './chain.js';
import { RpcProxy } from './rpc-proxy.js';
import { farmerKey, type World } from './world.js';

const main = join(import.meta.dirname, '../../dist/apps/center/main.js');

/** Where a payer is to be killed: at its n-th call to the chain from now, and so many milliseconds later. */
export interface KillPoint {
  calls: number;
  /** Whether the chain has seen that call by then. */
  reachesChain: boolean;
  afterMs: number;
}

/** A center process with the payout role alone, as an operator would start it, on the database of a `World`. */
export class PayerProcess {
  readonly killed: Promise<void>;
  private point: KillPoint | null = null;
  private said = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly proxy: RpcProxy,
  ) {
    this.killed = once(child, 'exit').then(() => proxy.stop());
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (piece: Buffer) => {
        this.said = (this.said + piece.toString('utf8')).slice(-4000);
      });
  }

  /** Resolves when it is up. */
  static async start(world: World, keys: PayerKeys): Promise<PayerProcess> {
    const proxy = await RpcProxy.begin(world.chain.url);
    const { url } = world.app.get(DataSource).options as { url: string };
    const { NODE_ENV: _, ...inherited } = process.env;
    const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !name.startsWith('VITEST')));
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...env,
        CENTER_ROLES: 'payout',
        CHORE_SECONDS: '0.05',
        PORT: '0',
        CROFT_DATA: keys.folder,
        DATABASE_URL: url,
        FARMER_PUBLIC_KEY: farmerKey,
        CHIA_OBSERVER_KEY: farmerKey,
        CHAIN_RPC_URL: proxy.url,
        CHAIN_ID: '31337',
        CHAIN_FINALITY: '1',
        PROPOSER_KEY_FILE: keys.proposer,
        APPROVER_KEY_FILE: keys.approver,
        ISSUER_KEY_FILE: keys.issuer,
        PAYOUT_APPROVAL: 'automatic',
      },
    });
    const payer = new PayerProcess(child, proxy);
    const ready = once(child, 'message');
    const ended = payer.killed.then(() => Promise.reject(new Error(`it did not start:\n${payer.said}`)));
    ended.catch(() => {});
    await Promise.race([ready, ended]);
    return payer;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it logged lately. */
  story(): string {
    return this.said;
  }

  /** Sets where it is killed, with SIGKILL. Nothing it does can prevent or notice that. */
  dieAt(point: KillPoint): void {
    this.point = { ...point };
    this.proxy.behaviour = async (_, ask) => {
      if (!this.point || --this.point.calls > 0) return ask();
      const { reachesChain, afterMs } = this.point;
      this.point = null;
      const answer = reachesChain ? await ask() : null;
      // its answer is on the way: some of the steps behind it are taken
      if (afterMs > 0) setTimeout(() => this.kill(), afterMs);
      else this.kill();
      return answer ?? (afterMs > 0 ? ask() : null);
    };
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  async end(): Promise<void> {
    this.kill();
    await this.killed;
  }
}

export interface PayerKeys {
  folder: string;
  proposer: string;
  approver: string;
  issuer: string;
}

/** A data folder with the key files of the test chain's proposer, approver, and issuer of cheques. */
export function payerKeys(): PayerKeys {
  const folder = mkdtempSync(join(tmpdir(), 'croft-payer-'));
  const file = (name: string, index: number) => {
    const path = join(folder, name);
    writeFileSync(path, testWallet(index).privateKey, { mode: 0o600 });
    return path;
  };
  return { folder, proposer: file('proposer', 1), approver: file('approver', 2), issuer: file('issuer', 4) };
}

export const removePayerKeys = ({ folder }: PayerKeys): void =>
  rmSync(folder, { recursive: true, force: true });
