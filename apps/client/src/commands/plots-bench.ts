import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chiaV1, createPlot, fileSource, openPlot, verifyProof } from '#libs/proof-of-space';
import { ClientError } from '../client-error.js';
import type { CommandIo } from './io.js';

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

/** `croft plots bench`: makes a plot, asks it, verifies its proofs, and takes it away. Errors: plot_options_invalid. */
export async function benchPlots(options: BenchOptions, io: CommandIo): Promise<BenchResult> {
  const k = Number(options.k);
  const threads = Number(options.threads);
  if (!Number.isInteger(k) || k < chiaV1.k.min || k > 28) {
    throw new ClientError('plot_options_invalid', `--k ${options.k}`);
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new ClientError('plot_options_invalid', `--threads ${options.threads}`);
  }
  const folder = await mkdtemp(join(options.temp ?? tmpdir(), 'croft-bench-'));
  try {
    const path = join(folder, 'bench.plot');
    const plotId = randomBytes(32);
    const started = performance.now();
    const { plan } = await createPlot({ k, threads, plotId, memo: randomBytes(112), path });
    const plotSeconds = (performance.now() - started) / 1000;
    const asked = await ask(path, plotId, k);
    const estimatedK32Hours = (plotSeconds * 2 ** (PRODUCTION_K - k)) / 3600;
    const result = { k, threads, plotSeconds, mode: plan.mode, ...asked, estimatedK32Hours };
    if (options.json) io.out(JSON.stringify(result));
    else tell(result, io);
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(path: string, plotId: Uint8Array, k: number) {
  const plot = await openPlot(await fileSource(path));
  const found: { challenge: Uint8Array; proof: Uint8Array }[] = [];
  try {
    const started = performance.now();
    for (let i = 0; i < CHALLENGES; i++) {
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
