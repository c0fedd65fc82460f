import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlot, fileSource, openPlot, type PlotReader } from '#libs/proof-of-space';

/** Times of one kind of lookup, in microseconds of the wall clock, the file in the page cache. */
export interface LookupRow {
  section: 'lookup';
  k: number;
  what: 'open' | 'qualities' | 'qualities, index thinned out' | 'proof after its quality' | 'proof alone';
  samples: number;
  medianUs: number;
  meanUs: number;
  p95Us: number;
}

/** What open plots cost beside their file handles. */
export interface OpenPlotCost {
  plots: number;
  /** Of the process, by plot. */
  rssBytesEach: number;
  /** Of the index alone. */
  indexBytesEach: number;
}

const OPENINGS = 50;
const OPEN_AT_ONCE = 300;
/** Marks with which a k=22 plot has to read C1 as a k=32 plot does. */
const THINNED = 4;

/** Lookups of fresh challenges in plots made for it. Every proof was checked by the reader itself. */
export async function lookupRows(
  ks: readonly number[] = [18, 20, 22],
  challenges = 300,
): Promise<{ rows: LookupRow[]; cost: OpenPlotCost }> {
  const folder = await mkdtemp(join(tmpdir(), 'croft-bench-'));
  try {
    const rows: LookupRow[] = [];
    let cost: OpenPlotCost | undefined;
    for (const k of ks) {
      const path = join(folder, `k${k}.plot`);
      await createPlot({ plotId: randomBytes(32), k, memo: randomBytes(112), path });
      rows.push(...(await rowsOf(path, k, challenges)));
      cost ??= await costOf(path);
    }
    return { rows, cost: cost! };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function rowsOf(path: string, k: number, challenges: number): Promise<LookupRow[]> {
  const opened: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    await (await timed(opened, async () => openPlot(await fileSource(path)))).close();
  }
  const asked = Array.from({ length: challenges }, () => randomBytes(32));
  const warm = await openPlot(await fileSource(path));
  const thin = await openPlot(await fileSource(path), { mostMarks: THINNED });
  const alone = await openPlot(await fileSource(path));
  const times = {
    qualities: [] as number[],
    thinned: [] as number[],
    after: [] as number[],
    alone: [] as number[],
  };
  for (const challenge of asked.slice(0, 50)) await ask(warm, challenge, [], []);
  for (const challenge of asked) {
    const found = await ask(warm, challenge, times.qualities, times.after);
    await timed(times.thinned, () => thin.qualities(challenge));
    for (let index = 0; index < found; index++) {
      // A reader remembers its last lookups; this one was not asked before.
      if (index === 0) await timed(times.alone, () => alone.proof(challenge, index));
    }
  }
  await Promise.all([warm, thin, alone].map((plot) => plot.close()));
  return [
    row(k, 'open', opened),
    row(k, 'qualities', times.qualities),
    row(k, 'qualities, index thinned out', times.thinned),
    row(k, 'proof after its quality', times.after),
    row(k, 'proof alone', times.alone),
  ];
}

async function ask(
  plot: PlotReader,
  challenge: Uint8Array,
  quality: number[],
  proof: number[],
): Promise<number> {
  const { length } = await timed(quality, () => plot.qualities(challenge));
  for (let index = 0; index < length; index++) await timed(proof, () => plot.proof(challenge, index));
  return length;
}

async function costOf(path: string): Promise<OpenPlotCost> {
  const before = process.memoryUsage().rss;
  const plots: PlotReader[] = [];
  for (let i = 0; i < OPEN_AT_ONCE; i++) plots.push(await openPlot(await fileSource(path)));
  const rssBytesEach = Math.max(0, Math.round((process.memoryUsage().rss - before) / OPEN_AT_ONCE));
  const indexBytesEach = plots[0]!.indexBytes;
  await Promise.all(plots.map((plot) => plot.close()));
  return { plots: OPEN_AT_ONCE, rssBytesEach, indexBytesEach };
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  times.push(1000 * (performance.now() - began));
  return result;
}

function row(k: number, what: LookupRow['what'], times: number[]): LookupRow {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  const meanUs = Math.round(times.reduce((sum, each) => sum + each, 0) / Math.max(1, times.length));
  return { section: 'lookup', k, what, samples: times.length, medianUs: at(0.5), meanUs, p95Us: at(0.95) };
}
