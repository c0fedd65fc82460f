import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { chiaV1 } from '../chia-v1.js';
import { fileSource } from '../reader/file-source.js';
import { openPlot } from '../reader/plot-reader.js';
import { createPlot } from './create-plot.js';
import { PauseSwitch } from './pause-switch.js';
import type { PlotProgress } from './progress.js';
import { removeOrphanedPlotFiles, workFolder } from './work-folder.js';

const VECTORS = new URL('../../../../test/vectors/proof-of-space/', import.meta.url);
const plots = readFileSync(new URL('plot-files.jsonl', VECTORS), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(
    (line) =>
      JSON.parse(line) as Record<'plotId' | 'memo' | 'sha256', string> & Record<'k' | 'bytes', number>,
  )
  .map((plot) => ({ ...plot, plotId: fromHex(plot.plotId), memo: fromHex(plot.memo) }));
const { k, plotId, memo, bytes, sha256 } = plots[1]!;

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** The library as it is shipped: compiled, with workers to start. */
const COMPILED = new URL('../../../../dist/libs/proof-of-space/index.js', import.meta.url);
let compiled: typeof createPlot;
let folder: string;
let path: string;

beforeAll(async () => {
  compiled = ((await import(/* @vite-ignore */ COMPILED.href)) as { createPlot: typeof createPlot })
    .createPlot;
  folder = mkdtempSync(join(tmpdir(), 'plots-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  path = join(folder, 'a.plot');
});

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test.each(
  plots
    .filter((plot) => plot.k <= 22)
    .flatMap((plot) => [
      { ...plot, name: `${plot.k} in memory`, onDisk: false, threads: 2 },
      ...(plot.k <= 20 ? [{ ...plot, name: `${plot.k} on disk`, onDisk: true, threads: 3 }] : []),
    ]),
)('a plot of k=$name is the reference’s byte for byte', async (plot) => {
  const progress: PlotProgress[] = [];
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const { plotId, memo, k, onDisk, threads } = plot;
  const made = await compiled({
    plotId,
    memo,
    k,
    path,
    onDisk,
    threads,
    onProgress: (at) => progress.push(at),
  });
  clearInterval(timer);
  expect(made).toMatchObject({
    bytes: plot.bytes,
    resumed: false,
    plan: { mode: onDisk ? 'disk' : 'memory' },
  });
  expect(hashOf(path)).toBe(plot.sha256);
  // the caller's event loop went on
  expect(ticks).toBeGreaterThan(20);
  expect(readdirSync(folder)).toEqual(['a.plot']);
  const fractions = progress.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions[0]).toBeLessThan(0.1);
  expect(progress.at(-1)).toMatchObject({ phase: 'write', fraction: 1, remainingMs: 0 });
});

test('without compiled workers it is made task by task in the caller’s thread', async () => {
  expect(await createPlot({ k, plotId, memo, path })).toMatchObject({ bytes });
  expect(hashOf(path)).toBe(sha256);

  const plot = await openPlot(await fileSource(path));
  let proved = 0;
  for (let i = 0; i < 40; i++) {
    const challenge = new Uint8Array(32).fill(5 * i + 3);
    const proof = await chiaV1.prove(plot, challenge);
    if (proof && chiaV1.verify(plot, challenge, proof)) proved++;
  }
  await plot.close();
  expect(proved).toBeGreaterThan(10);
});

test('other numbers of buckets and threads make the same file', async () => {
  for (const [buckets, threads] of [
    [16, 1],
    [32, 4],
  ]) {
    await compiled({ k, plotId, memo, path, buckets, threads });
    expect(hashOf(path)).toBe(sha256);
    rmSync(path);
  }
});

test.each([
  ['workers', 'memory'],
  ['workers', 'disk'],
  ['the caller’s thread', 'memory'],
] as const)('cancelling in %s, in %s, leaves nothing behind', async (where, mode) => {
  const create = where === 'workers' ? compiled : createPlot;
  const control = new AbortController();
  const onProgress = ({ phase, table }: PlotProgress) => {
    if (phase === 'forward' && table === 3) control.abort();
  };
  const onDisk = mode === 'disk';
  const plot = create({ k, plotId, memo, path, onDisk, onProgress, signal: control.signal });
  await expect(plot).rejects.toMatchObject({ code: 'plot_cancelled' });
  expect(readdirSync(folder)).toEqual([]);
  const late = create({ k, plotId, memo, path, signal: control.signal });
  await expect(late).rejects.toMatchObject({ code: 'plot_cancelled' });
});

test('a paused plot stands still, and goes on', async () => {
  const pause = new PauseSwitch();
  let lastAt = 0;
  const onProgress = ({ phase, table }: PlotProgress) => {
    lastAt = performance.now();
    if (phase !== 'forward' || table !== 2 || pause.isPaused) return;
    pause.pause();
    setTimeout(() => pause.resume(), 1000);
  };
  const started = performance.now();
  await compiled({ k, plotId, memo, path, pause, onProgress });
  expect(lastAt - started).toBeGreaterThan(1000);
  expect(hashOf(path)).toBe(sha256);
});

/** A process that makes the plot on disk and can be killed. */
function plotter(): { lines: AsyncIterable<string>; kill: () => void; ended: Promise<unknown> } {
  const script = `
    import { createPlot } from ${JSON.stringify(COMPILED.href)};
    const hex = (text) => Uint8Array.from(Buffer.from(text, 'hex'));
    const [plotId, memo] = process.argv.slice(1, 3).map(hex);
    let told = '';
    const onProgress = ({ phase, table }) => {
      if (told !== phase + table) console.log(told = phase + table);
    };
    const made = await createPlot({ k: ${k}, plotId, memo, path: process.argv[3], onDisk: true, onProgress });
    console.log('resumed ' + made.resumed);`;
  const hex = [plotId, memo].map((part) => Buffer.from(part).toString('hex'));
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...hex, path], {
    cwd: fileURLToPath(new URL('../../../../', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout! });
  return { lines, kill: () => child.kill('SIGKILL'), ended: once(child, 'exit') };
}

test('a plot killed in every phase goes on where it was, and is the same file', async () => {
  for (const point of ['forward2', 'forward5', 'backward4', 'compress1', 'compress4', 'write7']) {
    const { lines, kill, ended } = plotter();
    for await (const line of lines) if (line === point) kill();
    await ended;
    expect(readdirSync(folder)).toEqual(['a.plot.work']);
  }
  const { lines, ended } = plotter();
  const told: string[] = [];
  for await (const line of lines) told.push(line);
  await ended;
  expect(told.at(-1)).toBe('resumed true');
  expect(told).not.toContain('compress2');
  expect(hashOf(path)).toBe(sha256);
  expect(readdirSync(folder)).toEqual(['a.plot']);
});

test('what a dead process left is removed, what a living one has is not', async () => {
  const { lines, kill, ended } = plotter();
  for await (const line of lines) {
    if (line !== 'forward3') continue;
    expect(removeOrphanedPlotFiles(folder)).toEqual([]);
    await expect(createPlot({ k, plotId, memo, path })).rejects.toMatchObject({ code: 'plot_busy' });
    kill();
  }
  await ended;
  expect(removeOrphanedPlotFiles(folder)).toEqual([workFolder(folder, path)]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that has no owner yet is given time to say whose it is', () => {
  const made = workFolder(folder, path);
  mkdirSync(made);
  expect(removeOrphanedPlotFiles(folder)).toEqual([]);
  const anHourAgo = Date.now() / 1000 - 3600;
  utimesSync(made, anHourAgo, anHourAgo);
  expect(removeOrphanedPlotFiles(folder)).toEqual([made]);
});

test.runIf(process.platform === 'linux').each(['unfinished', 'table-3', 'links-5', 'ranks-4'])(
  'a disk that is full when %s is written is named with its bytes, and nothing is left',
  async (file) => {
    const work = workFolder(folder, path);
    mkdirSync(work);
    symlinkSync('/dev/full', join(work, file));
    const plot = compiled({ k, plotId, memo, path, onDisk: true });
    await expect(plot).rejects.toMatchObject({ code: 'disk_full', details: { path: join(work, file) } });
    await expect(plot).rejects.toHaveProperty('details.bytesNeeded', expect.any(Number));
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('space that is not there is refused before anything is written', async () => {
  const large = createPlot({ k: 35, plotId, memo, path, onDisk: true, memoryBytes: 2 ** 40 });
  await expect(large).rejects.toMatchObject({
    code: 'disk_full',
    details: {
      path: workFolder(folder, path),
      bytesFree: expect.any(Number),
      bytesNeeded: expect.any(Number),
    },
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is not there is an error of the file system', async () => {
  const plot = compiled({ k, plotId, memo, path: join(folder, 'no/such/a.plot') });
  await expect(plot).rejects.toMatchObject({ code: 'plot_not_written' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a plot that exists is not written over', async () => {
  writeFileSync(path, 'precious');
  await expect(createPlot({ k, plotId, memo, path })).rejects.toMatchObject({ code: 'plot_exists' });
  expect(readFileSync(path, 'utf8')).toBe('precious');
});

test('what cannot be plotted is refused', async () => {
  for (const wrong of [
    { k: 17 },
    { k: 18.5 },
    { plotId: plotId.subarray(1) },
    { memo: new Uint8Array(65_536) },
    { threads: 0 },
    { threads: 1.5 },
    { buckets: 48 },
    { buckets: 8192 },
    { buckets: 1024 },
  ]) {
    const refused = createPlot({ k, plotId, memo, path, ...wrong });
    await expect(refused, JSON.stringify(wrong)).rejects.toMatchObject({ code: 'plot_bad_request' });
  }
  await expect(createPlot({ k: 36, plotId, memo, path })).rejects.toMatchObject({ code: 'plotter_limit' });
  const small = createPlot({ k: 32, plotId, memo, path, memoryBytes: 10_000_000 });
  await expect(small).rejects.toMatchObject({
    code: 'plotter_limit',
    details: { k: 32, bytesGiven: 10_000_000 },
  });
  expect(readdirSync(folder)).toEqual([]);
});
