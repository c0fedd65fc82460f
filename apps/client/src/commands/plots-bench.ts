import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { builtinPlotter } from '#libs/chia';
import { chiaV1, fileSource, openPlot, PauseSwitch, PlotterError, verifyProof } from '#libs/proof-of-space';
import { ClientError } from '../client-error.js';
import { onInterrupt } from './interrupt.js';
import type { CommandIo } from './io.js';
import { requireFolder, wholeNumber } from './plot-options.js';

export interface BenchOptions {
  k: string;
  threads: string;
  temp?: string;
  json?: boolean;
}

const CHALLENGES = 100;
const VERIFY_MS = 1000;
/** What a plot of a production campaign has, to say how long one might take. */
const PRODUCTION_K = 32;

/** What this machine does. Times in seconds or milliseconds as named. */
export interface BenchResult {
  readonly k: number;
  readonly threads: number;
  readonly plotSeconds: number;
  readonly mode: 'memory' | 'disk';
  readonly proofs: number;
  readonly lookupMs: number;
  readonly verifiedPerSecond: number;
  /** The time of a k=32 plot if time grew with its entries alone; disks and memory may make it more. */
  readonly estimatedK32Hours: number;
}

/**
 * `croft plots bench`: makes a plot, asks it, verifies its proofs, and takes it away, also when it is stopped. Errors:
 * plot_options_invalid, folder_not_writable, those of the plotter.
 */
export async function benchPlots(options: BenchOptions, io: CommandIo): Promise<BenchResult> {
  const k = wholeNumber('--k', options.k, chiaV1.k.min, 28);
  const threads = wholeNumber('--threads', options.threads, 1, 64);
  const parent = resolve(options.temp ?? tmpdir());
  await requireFolder(parent);
  const pause = new PauseSwitch();
  const interrupt = onInterrupt(pause);
  const folder = await mkdtemp(join(parent, 'croft-bench-'));
  try {
    const { signal } = interrupt;
    const plotId = randomBytes(32);
    const plot = { plotId, memo: randomBytes(112), fileName: 'bench.plot' };
    const run = { k, threads, tempDir: folder, finalDir: folder, plot };
    const plotter = builtinPlotter();
    const { mode } = plotter.plan(run);
    const started = performance.now();
    const { path } = await plotter.make(run, { signal, pause });
    const plotSeconds = (performance.now() - started) / 1000;
    const asked = await ask(path, plotId, k, signal);
    const estimatedK32Hours = (plotSeconds * 2 ** (PRODUCTION_K - k)) / 3600;
    const result = { k, threads, plotSeconds, mode: mode ?? 'memory', ...asked, estimatedK32Hours };
    if (options.json) io.out(JSON.stringify(result));
    else tell(result, io);
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
    interrupt.end();
  }
}

async function ask(path: string, plotId: Uint8Array, k: number, signal: AbortSignal) {
  const plot = await openPlot(await fileSource(path));
  const found: { challenge: Uint8Array; proof: Uint8Array }[] = [];
  try {
    const started = performance.now();
    for (let i = 0; i < CHALLENGES; i++) {
      if (signal.aborted) throw new PlotterError('plot_cancelled', 'The benchmark was cancelled');
      const challenge = randomBytes(32);
      const { length } = await plot.qualities(challenge);
      for (let index = 0; index < length; index++) {
        found.push({ challenge, proof: await plot.proof(challenge, index) });
      }
    }
    const lookupMs = (performance.now() - started) / CHALLENGES;
    return { proofs: found.length, lookupMs, verifiedPerSecond: verifyAll(found, plotId, k) };
  } finally {
    await plot.close();
  }
}

function verifyAll(
  found: { challenge: Uint8Array; proof: Uint8Array }[],
  plotId: Uint8Array,
  k: number,
): number {
  const started = performance.now();
  let done = 0;
  let passed = 0;
  while (passed < VERIFY_MS && found.length > 0) {
    for (const { challenge, proof } of found) {
      if (!verifyProof(plotId, k, challenge, proof)) throw new ClientError('bench_proof_wrong', `k=${k}`);
    }
    done += found.length;
    passed = performance.now() - started;
  }
  return passed === 0 ? 0 : (1000 * done) / passed;
}

function tell(result: BenchResult, io: CommandIo): void {
  io.out(
    io.speak('bench_done', {
      k: result.k,
      threads: result.threads,
      seconds: result.plotSeconds.toFixed(1),
      lookup: result.lookupMs.toFixed(1),
      proofs: result.proofs,
      challenges: CHALLENGES,
      rate: Math.round(result.verifiedPerSecond),
      hours: result.estimatedK32Hours.toFixed(1),
    }),
  );
}
