import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlot, fileSource, openPlot, type PlotReader } from '#libs/proof-of-space';
import type { Section, SectionContext } from '../frame/section.js';

const KS = [18, 20, 22] as const;
const CHALLENGES = 300;
const OPENINGS = 50;
const OPEN_AT_ONCE = 300;
/** So few that a small plot has to read C1 at every lookup, as a k=32 plot does. */
const THINNED = 4;

/** chiapos a388902 on a quiet Zen 4, page cache warm: microseconds a challenge, and a proof after its quality. */
const CHIAPOS: Readonly<Record<number, { quality: number; proof: number }>> = {
  22: { quality: 194, proof: 908 },
};

/** Lookups of fresh challenges in plots made for it; the reader checks every proof itself. */
export const lookup: Section = {
  title: 'Looking up, the plot in the page cache',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'croft-bench-'));
    try {
      for (const k of KS) {
        const path = join(folder, `k${k}.plot`);
        await createPlot({ plotId: randomBytes(32), k, memo: randomBytes(112), path });
        await lookUp(context, path, k);
        if (k === KS[0]) await openMany(context, path);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function lookUp(context: SectionContext, path: string, k: number): Promise<void> {
  const opening: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    await (await timed(opening, async () => openPlot(await fileSource(path)))).close();
  }
  const whole = await openPlot(await fileSource(path));
  const thinned = await openPlot(await fileSource(path), { mostMarks: THINNED });
  const quality: number[] = [];
  const proof: number[] = [];
  const qualityThinned: number[] = [];
  for (let i = 0; i < CHALLENGES; i++) {
    const challenge = randomBytes(32);
    const { length } = await timed(quality, () => whole.qualities(challenge));
    await timed(qualityThinned, () => thinned.qualities(challenge));
    for (let index = 0; index < length; index++) await timed(proof, () => whole.proof(challenge, index));
  }
  await Promise.all([whole, thinned].map((plot) => plot.close()));
  const chiapos = (what: 'quality' | 'proof') =>
    CHIAPOS[k] && { against: { name: 'chiapos', value: CHIAPOS[k][what] } };
  times(context, `k=${k}: open, C1 read (cold)`, opening);
  times(context, `k=${k}: qualities of a challenge`, quality, chiapos('quality'));
  times(context, `k=${k}: the same, C1 not in memory`, qualityThinned);
  times(context, `k=${k}: proof after its quality`, proof, chiapos('proof'));
}

/** What open plots cost beside their file handles. */
async function openMany({ row }: SectionContext, path: string): Promise<void> {
  // resident memory says nothing here: that of the plotter has just been freed
  const inUse = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = inUse();
  const plots: PlotReader[] = [];
  for (let i = 0; i < OPEN_AT_ONCE; i++) plots.push(await openPlot(await fileSource(path)));
  const each = Math.max(0, inUse() - before) / OPEN_AT_ONCE / 1024;
  row({ name: `${OPEN_AT_ONCE} open plots: at most, each`, samples: [each], unit: 'KiB' });
  await Promise.all(plots.map((plot) => plot.close()));
}

function times({ row }: SectionContext, name: string, samples: number[], more: object = {}): void {
  const sorted = [...samples].sort((a, b) => a - b);
  row({ name, samples, unit: 'µs', ...more });
  row({
    name: '    95 % within',
    samples: [sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0],
    unit: 'µs',
  });
}

async function timed<T>(samples: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  samples.push(1000 * (performance.now() - began));
  return result;
}
