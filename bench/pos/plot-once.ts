// One plot in a process of its own: `plot-once.js K THREADS memory|disk FOLDER`; prints what it took as JSON.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createPlot, type PlotProgress } from '#libs/proof-of-space';

/** What a plot took. */
export interface PlotOnce {
  readonly seconds: number;
  readonly peakRssBytes: number;
  /** Seconds of each phase. */
  readonly phases: Readonly<Record<string, number>>;
}

/** Memory that a plot on disk may take: that of the goal for k=25. */
const DISK_MEMORY_BYTES = 2 ** 30;

const [k, threads, mode, folder] = process.argv.slice(2);
const path = join(folder!, `bench-${process.pid}.plot`);
const phases: Record<string, number> = {};
const started = performance.now();
let phase: PlotProgress['phase'] = 'forward';
let since = started;
await createPlot({
  k: Number(k),
  threads: Number(threads),
  onDisk: mode === 'disk',
  memoryBytes: mode === 'disk' ? DISK_MEMORY_BYTES : undefined,
  plotId: randomBytes(32),
  memo: randomBytes(112),
  path,
  onProgress: (progress) => {
    if (progress.phase === phase) return;
    const now = performance.now();
    phases[phase] = (now - since) / 1000;
    phase = progress.phase;
    since = now;
  },
});
const ended = performance.now();
phases[phase] = (ended - since) / 1000;
rmSync(path);
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ seconds: (ended - started) / 1000, peakRssBytes, phases } satisfies PlotOnce));
