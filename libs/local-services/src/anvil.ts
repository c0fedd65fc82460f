import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity, waitUntilGone } from '#libs/processes';
import { LocalServiceError } from './errors.js';
import { freePort, portIsFree } from './free-port.js';
import { onProcessEnd, onProcessGone } from './guard.js';

export interface AnvilOptions {
  /** Default: any free port. */
  port?: number;
  /** A block every so many seconds (0.05 and up); default: a block for each transaction. */
  blockSeconds?: number;
  /** Default `osaka`. */
  hardfork?: string;
  /** Default 31337. */
  chainId?: number;
  /** `safe` is latest - N, `finalized` latest - 2N; anvil's default is 32. */
  slotsInAnEpoch?: number;
  /** Of the prefunded accounts; default anvil's well-known test mnemonic. */
  mnemonic?: string;
  /** Whole ether on each prefunded account; default 10000. */
  balanceEther?: number;
  /** Base fee and gas price 0, so that accounts without ether can send. Default false: fees as on a real chain. */
  freeGas?: boolean;
  /** The chain is loaded from this file and written to it every second and at the end. */
  stateFile?: string;
}

export interface Anvil {
  /** JSON-RPC over HTTP; the same address with `ws:` serves subscriptions. */
  url: string;
  port: number;
  pid: number;
  chainId: number;
  /** Ends the chain, writing the state file first when there is one. Calling it again does nothing. */
  stop(): Promise<void>;
}

/** npm package with the anvil binary for a platform, as foundry names them. */
export function anvilPackage(platform: string = process.platform, arch: string = process.arch): string {
  return `@foundry-rs/anvil-${platform}-${arch === 'x64' ? 'amd64' : arch}`;
}

/**
 * A local EVM chain on 127.0.0.1. The binary itself is started, not the package's Node wrapper, which would
 * leave the real anvil behind when killed; it ends with this process, however that ends.
 *
 * @throws LocalServiceError `platform-unsupported`, `anvil-option-invalid`, `anvil-start-failed`
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const binary = anvilBinary();
  const { chainId = 31337 } = options;
  const fixed = flags(options, chainId);
  if (options.stateFile) mkdirSync(dirname(resolve(options.stateFile)), { recursive: true });
  if (options.port !== undefined && !(await portIsFree(options.port))) {
    throw new LocalServiceError('anvil-start-failed', `port ${options.port} of 127.0.0.1 is taken`);
  }
  let failure = '';
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = options.port ?? (await freePort());
    const child = spawn(binary, ['--port', String(port), ...fixed], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // A session of its own keeps the terminal's Ctrl-C from it: the application decides when it ends.
      detached: true,
    });
    child.unref();
    const url = `http://127.0.0.1:${port}`;
    const outcome = await untilReady(child, url, chainId);
    if (outcome === null) return running(child, { url, port, chainId });
    failure = outcome;
    child.kill('SIGKILL');
    if (options.port) break;
  }
  throw new LocalServiceError('anvil-start-failed', `anvil did not start: ${failure}`);
}

function anvilBinary(): string {
  const name = anvilPackage();
  const file = `${name}/bin/anvil${process.platform === 'win32' ? '.exe' : ''}`;
  try {
    return createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json')).resolve(
      file,
    );
  } catch (cause) {
    throw new LocalServiceError(
      'platform-unsupported',
      `no anvil binary: ${name} is missing`,
      'Give the address of an EVM node of your own instead.',
      { cause },
    );
  }
}

function flags(options: AnvilOptions, chainId: number): string[] {
  const { hardfork = 'osaka', blockSeconds, slotsInAnEpoch, mnemonic, balanceEther, stateFile } = options;
  const positive = { blockSeconds, slotsInAnEpoch, balanceEther, chainId };
  for (const [name, value] of Object.entries(positive)) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
      throw new LocalServiceError('anvil-option-invalid', `${name} must be a number over 0, not ${value}`);
    }
  }
  const list = ['--host', '127.0.0.1', '--quiet', '--hardfork', hardfork, '--chain-id', String(chainId)];
  // The limits of the real chains: a transaction's gas (EIP-7825) and a block's.
  list.push('--enable-tx-gas-limit', '--gas-limit', '60000000');
  if (blockSeconds !== undefined) list.push('--block-time', String(blockSeconds));
  if (slotsInAnEpoch !== undefined) list.push('--slots-in-an-epoch', String(slotsInAnEpoch));
  if (mnemonic !== undefined) list.push('--mnemonic', mnemonic);
  if (balanceEther !== undefined) list.push('--balance', String(balanceEther));
  if (options.freeGas) list.push('--block-base-fee-per-gas', '0', '--gas-price', '0');
  if (stateFile !== undefined) list.push('--state', resolve(stateFile), '--state-interval', '1');
  return list;
}

/** null when the chain answers with its id, else why it does not. */
async function untilReady(child: ChildProcess, url: string, chainId: number): Promise<string | null> {
  let complaint = '';
  let ended: string | null = null;
  child.stderr?.on('data', (piece: Buffer) => {
    complaint = (complaint + piece.toString('utf8')).slice(-2000);
  });
  if (child.stderr instanceof Socket) child.stderr.unref();
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = signal ?? `exit code ${code}`;
  });
  const deadline = performance.now() + 30_000;
  while (ended === null && performance.now() < deadline) {
    const answer = await askChainId(url);
    if (answer === chainId && ended === null) return null;
    await sleep(10);
  }
  return `${ended ?? 'no answer for 30 s'} ${complaint.trim()}`;
}

async function askChainId(url: string): Promise<number | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
      signal: AbortSignal.timeout(2000),
    });
    const { result } = (await answer.json()) as { result?: string };
    return result === undefined ? null : Number(result);
  } catch {
    return null;
  }
}

function running(child: ChildProcess, where: { url: string; port: number; chainId: number }): Anvil {
  const pid = child.pid;
  if (pid === undefined) throw new LocalServiceError('anvil-start-failed', 'anvil has no process id');
  const identity = processIdentity(pid);
  const end = (signal: NodeJS.Signals): void => {
    if (identity !== null && processIdentity(pid) === identity) process.kill(pid, signal);
  };
  const forgetEnd = onProcessEnd(() => end('SIGTERM'));
  const forgetGone = onProcessGone('kill -TERM "$1"', [String(pid)]);
  return {
    ...where,
    pid,
    async stop() {
      forgetEnd();
      forgetGone();
      end('SIGTERM');
      if (await waitUntilGone(pid, 5000)) return;
      end('SIGKILL');
      await waitUntilGone(pid, 5000);
    },
  };
}
