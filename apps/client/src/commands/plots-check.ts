import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chiaV1, plotReason } from '#libs/proof-of-space';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';
import { checkPlot, type PlotCheck } from '../plots/check-plot.js';
import { kindOfFile } from '../plots/plot-kinds.js';
import { dataFolder } from '../state/data-folder.js';
import { loadPairedNode } from '../state/node-state.js';
import type { CommandIo } from './io.js';
import { wholeNumber } from './plot-options.js';
import { poissonInterval } from './poisson.js';

const MOST_CHALLENGES = 1_000_000;
/** How sure the interval that is shown is. */
const CONFIDENCE = 0.95;
/** How sure it must be that a plot has fewer proofs than it should, before it is called bad. */
const ACCUSATION = 0.9998;

export interface CheckOptions {
  /** Challenges per plot. */
  challenges: string;
  /** A plot is slow when a lookup takes longer, in milliseconds. */
  slow: string;
  data?: string;
  json?: boolean;
}

interface Totals {
  plots: number;
  bad: number;
  slow: number;
  challenges: number;
  proofs: number;
  expected: number;
}

/**
 * `croft plots check`: asks plots fresh random challenges and verifies every proof. Folders stand for the plots
 * directly in them, nothing for those of this node. Returns an exit code: 1 when a plot is bad (it cannot be read, has a
 * wrong proof or surely too few, or is there twice), 2 when something that was named is not there; all else is asked
 * even so. Errors: plot_options_invalid, plot_unreadable for a folder, not_joined.
 */
export async function checkPlots(paths: string[], options: CheckOptions, io: CommandIo): Promise<0 | 1 | 2> {
  const challenges = wholeNumber('--challenges', options.challenges, 1, MOST_CHALLENGES);
  const slowMs = wholeNumber('--slow', options.slow, 1, Number.MAX_SAFE_INTEGER);
  const totals: Totals = { plots: 0, bad: 0, slow: 0, challenges: 0, proofs: 0, expected: 0 };
  const seen = new Map<string, string>();
  for (const file of await filesOf(paths, options, io)) {
    totals.plots++;
    try {
      tell(await checkPlot(file, challenges), { slowMs, seen, totals, io, json: options.json === true });
    } catch (error) {
      totals.bad++;
      tellUnreadable(file, error, io, options.json === true);
    }
  }
  tellTotals(totals, io, options.json === true);
  if (paths.some((path) => !existsSync(path))) return 2;
  return totals.bad > 0 ? 1 : 0;
}

async function filesOf(paths: string[], options: CheckOptions, io: CommandIo): Promise<string[]> {
  const asked = paths.length > 0 ? paths : [(await loadPairedNode(dataFolder(options.data, io.env))).path];
  const files: string[] = [];
  for (const path of asked) {
    const isFolder = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (isFolder) {
      const all = await readdir(path).catch((cause) => {
        throw new ClientError('plot_unreadable', path, { cause });
      });
      const names = all.filter((name) => kindOfFile(name)).sort();
      files.push(...names.map((name) => join(path, name)));
    } else files.push(path);
  }
  return files;
}

interface Telling {
  slowMs: number;
  /** Files by what their plots are known by: k, and what of the plot id enters the proofs. */
  seen: Map<string, string>;
  totals: Totals;
  io: CommandIo;
  json: boolean;
}

function tell(check: PlotCheck, { slowMs, seen, totals, io, json }: Telling): void {
  const { file, plotId, k, challenges, proofs, invalid, failure, proofsPerChallenge, ...rest } = check;
  const { qualityMs, proofMs, bytes } = rest;
  const identity = bytesToHex(chiaV1.identity({ plotId: hexToBytes(plotId), k }));
  const first = seen.get(identity);
  const duplicateOf = first ?? null;
  if (first === undefined) seen.set(identity, file);
  const interval = perChallenge(proofs, challenges, CONFIDENCE);
  const tooFew = perChallenge(proofs, challenges, ACCUSATION)[1] < proofsPerChallenge;
  const slow = Math.max(...[qualityMs, proofMs].map(longest)) > slowMs;
  const bad = invalid > 0 || tooFew || duplicateOf !== null;
  totals.challenges += challenges;
  totals.proofs += proofs;
  totals.expected += challenges * proofsPerChallenge;
  if (bad) totals.bad++;
  if (slow) totals.slow++;
  const ratio = proofs / challenges;
  const times = { quality: summary(qualityMs), proof: summary(proofMs) };
  const about = { file, kind: chiaV1.kind, plotId, k, bytes, challenges, proofs, invalid, ratio, interval };
  if (json) {
    const reason = failure ? plotReason(failure) : null;
    const flags = { bad, slow, tooFew, duplicateOf, reason };
    io.out(JSON.stringify({ ...about, expected: proofsPerChallenge, ms: times, ...flags }));
    return;
  }
  const [low, high] = interval.map((each) => each.toFixed(3));
  const values = { file, k, challenges, proofs, ratio: ratio.toFixed(3), low: low!, high: high! };
  io.out(io.speak('check_line', { ...values, expected: proofsPerChallenge.toFixed(3) }));
  io.out(
    io.speak('check_times', {
      quality: times.quality.median,
      quality95: times.quality.p95,
      proof: times.proof.median,
      proof95: times.proof.p95,
    }),
  );
  if (invalid > 0) io.err(io.speak('check_invalid', { invalid, text: textOf(failure) }));
  if (tooFew) io.err(io.speak('check_too_few'));
  if (duplicateOf !== null) io.err(io.speak('check_duplicate', { file: duplicateOf }));
  if (slow) io.err(io.speak('check_slow', { limit: slowMs }));
}

function tellUnreadable(file: string, error: unknown, io: CommandIo, json: boolean): void {
  const text = textOf(error);
  const reason = plotReason(error) ?? 'io_error';
  if (json)
    io.out(JSON.stringify({ file, bad: true, reason, error: { code: 'plot_unreadable', message: text } }));
  else io.err(io.speak('check_unreadable', { file, reason: io.speak(`reason_${reason}`), text }));
}

function tellTotals(totals: Totals, io: CommandIo, json: boolean): void {
  const { plots, bad, slow, challenges, proofs, expected } = totals;
  const asked = Math.max(1, challenges);
  const interval = perChallenge(proofs, asked, CONFIDENCE);
  if (json) {
    const total = { plots, bad, slow, challenges, proofs, ratio: proofs / asked, interval };
    io.out(JSON.stringify({ total: { ...total, expected: expected / asked } }));
    return;
  }
  const [low, high] = interval.map((each) => each.toFixed(3));
  const rates = { ratio: (proofs / asked).toFixed(3), expected: (expected / asked).toFixed(3) };
  io.out(io.speak('check_total', { plots, bad, slow, challenges, proofs, ...rates, low: low!, high: high! }));
}

/** The interval of proofs per challenge, whose number over all challenges is Poisson. */
function perChallenge(proofs: number, challenges: number, confidence: number): [number, number] {
  const { low, high } = poissonInterval(proofs, confidence);
  return [low / challenges, high / challenges];
}

const longest = (times: readonly number[]): number => times.reduce((most, each) => Math.max(most, each), 0);

/** Milliseconds, with a digit behind the point. */
function summary(times: readonly number[]): { median: number; p95: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(10 * (sorted[Math.floor(part * (sorted.length - 1))] ?? 0)) / 10;
  return { median: at(0.5), p95: at(0.95) };
}
