import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { planPlot } from '#libs/proof-of-space';
import type { Row, Section, SectionContext } from '../frame/section.js';
import type { PlotOnce } from './plot-once.js';

const SAMPLES = 5;

/** Wall seconds with two threads on a quiet Zen 4: chiapos a388902, madMAx 5b5bd68. */
const PEERS: Readonly<Record<number, { chiapos: number; madMAx: number }>> = {
  18: { chiapos: 0.85, madMAx: 1.12 },
  20: { chiapos: 2.88, madMAx: 2.26 },
  22: { chiapos: 13.2, madMAx: 8.36 },
  25: { chiapos: 132, madMAx: 70.8 },
};

/** Whole plots, file and all, each in a new process. */
export const plot: Section = {
  title: 'Plotting, the whole file written and synced',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'croft-bench-'));
    try {
      for (const k of context.large ? [18, 20, 22, 25] : [18, 20, 22]) {
        await measure(context, folder, k, 1, 'memory');
        await measure(context, folder, k, 2, 'memory');
        await measure(context, folder, k, 2, 'disk');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(
  { row }: SectionContext,
  folder: string,
  k: number,
  threads: number,
  mode: 'memory' | 'disk',
): Promise<void> {
  const runs: PlotOnce[] = [];
  for (let i = 0; i < SAMPLES; i++) runs.push(await plotOnce(k, threads, mode, folder));
  const name = `k=${k}, ${threads} thread${threads === 1 ? '' : 's'}, in ${mode}`;
  const peers = PEERS[k]!;
  const against: Row['against'] = { name: 'chiapos (2 threads)', value: peers.chiapos };
  row({ name, samples: runs.map(({ seconds }) => seconds), unit: 's', against });
  for (const phase of Object.keys(runs[0]!.phases)) {
    row({ name: `    ${phase}`, samples: runs.map(({ phases }) => phases[phase] ?? 0), unit: 's' });
  }
  const { peakMemoryBytes } = planPlot({ k, threads, onDisk: mode === 'disk', memoryBytes: 2 ** 40 });
  row({
    name: '    peak resident memory',
    samples: runs.map(({ peakRssBytes }) => peakRssBytes / 2 ** 20),
    unit: 'MiB',
    against: { name: 'what was stated', value: peakMemoryBytes / 2 ** 20 },
  });
}

const run = promisify(execFile);

async function plotOnce(k: number, threads: number, mode: string, folder: string): Promise<PlotOnce> {
  const script = fileURLToPath(new URL('./plot-once.js', import.meta.url));
  const { stdout } = await run(process.execPath, [script, String(k), String(threads), mode, folder]);
  return JSON.parse(stdout) as PlotOnce;
}
