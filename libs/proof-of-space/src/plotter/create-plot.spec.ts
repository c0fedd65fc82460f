import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from '@swc/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PlotterLimitError } from '../errors.js';
import { fileSource } from '../reader/file-source.js';
import { openPlot } from '../reader/plot-reader.js';
import { chiaV1 } from '../storage-proof.js';
import { createPlot } from './create-plot.js';
import { MAX_PLOTTER_K, memoryBytesNeeded } from './limits.js';
import type { PlotProgress } from './progress.js';

const VECTORS = new URL('../../../../test/vectors/proof-of-space/', import.meta.url);
const plots = readFileSync(new URL('plot-files.jsonl', VECTORS), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(
    (line) =>
      JSON.parse(line) as Record<'plotId' | 'memo' | 'sha256', string> & Record<'k' | 'bytes', number>,
  )
  .map((plot) => ({ ...plot, plotId: fromHex(plot.plotId), memo: fromHex(plot.memo) }))
  // Larger ones take minutes.
  .filter((plot) => plot.k <= 20);
const { k, plotId, memo, bytes, sha256 } = plots[1]!;

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

const SOURCES = fileURLToPath(new URL('../', import.meta.url));
// Inside the project, so that the compiled library finds its packages.
const compiledFolder = fileURLToPath(
  new URL(`../../../../node_modules/.cache/proof-of-space-${process.pid}/`, import.meta.url),
);
let compiled: typeof createPlot;
let folder: string;

/** The library as it is shipped: compiled, with a worker to start. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plots-'));
  for (const file of readdirSync(SOURCES, { recursive: true }) as string[]) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const { code } = await transform(readFileSync(join(SOURCES, file), 'utf8'), {
      swcrc: false,
      module: { type: 'nodenext' },
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript' },
        transform: { useDefineForClassFields: false },
      },
    });
    const target = join(compiledFolder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  const entry = pathToFileURL(join(compiledFolder, 'plotter/create-plot.js')).href;
  compiled = ((await import(/* @vite-ignore */ entry)) as { createPlot: typeof createPlot }).createPlot;
});

afterAll(() => {
  for (const path of [folder, compiledFolder]) rmSync(path, { recursive: true, force: true });
});

let path: string;
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  path = join(folder, 'a.plot');
});

test.each(plots)('a plot of k=$k made in a worker is the reference’s byte for byte', async (plot) => {
  const progress: PlotProgress[] = [];
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const { bytes, sha256, ...request } = plot;
  const onProgress = (step: PlotProgress) => progress.push(step);
  expect(await compiled({ ...request, path, onProgress })).toEqual({ bytes, sha256 });
  clearInterval(timer);
  // The caller's event loop went on.
  expect(ticks).toBeGreaterThan(30);
  expect(readdirSync(folder)).toEqual(['a.plot']);
  const fractions = progress.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions[0]).toBeLessThan(0.1);
  expect(fractions.at(-1)).toBe(1);
});

test('without a compiled worker it is made step by step in the caller’s thread', async () => {
  expect(await createPlot({ k, plotId, memo, path })).toEqual({ bytes, sha256 });
  expect(readdirSync(folder)).toEqual(['a.plot']);

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

test.each(['worker', 'caller'])('cancelling in the %s’s thread leaves nothing behind', async (where) => {
  const create = where === 'worker' ? compiled : createPlot;
  const control = new AbortController();
  const onProgress = ({ phase, table }: PlotProgress) => {
    if (phase === 'forward' && table === 3) control.abort();
  };
  const plot = create({ k, plotId, memo, path, onProgress, signal: control.signal });
  await expect(plot).rejects.toMatchObject({ code: 'plot_cancelled' });
  expect(readdirSync(folder)).toEqual([]);
  const late = create({ k, plotId, memo, path, signal: control.signal });
  await expect(late).rejects.toMatchObject({ code: 'plot_cancelled' });
});

test.runIf(process.platform === 'linux')(
  'a full disk is reported with byte counts and leaves nothing',
  async () => {
    symlinkSync('/dev/full', `${path}.tmp`);
    const plot = compiled({ k, plotId, memo, path });
    await expect(plot).rejects.toMatchObject({
      code: 'disk_full',
      details: { bytesNeeded: bytes, bytesWritten: 0 },
    });
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a folder that is not there is an error of the file system', async () => {
  const plot = compiled({ k, plotId, memo, path: join(folder, 'no/such/a.plot') });
  await expect(plot).rejects.toMatchObject({ code: 'plot_not_written' });
});

test('a plot that exists is not written over', async () => {
  writeFileSync(path, 'precious');
  await expect(createPlot({ k, plotId, memo, path })).rejects.toMatchObject({ code: 'plot_exists' });
  expect(readFileSync(path, 'utf8')).toBe('precious');
});

test('what cannot be plotted is refused before anything is written', async () => {
  const large = createPlot({ k: 32, plotId, memo, path });
  await expect(large).rejects.toBeInstanceOf(PlotterLimitError);
  const details = { k: 32, maxK: MAX_PLOTTER_K, bytesNeeded: memoryBytesNeeded(32) };
  await expect(large).rejects.toMatchObject({ code: 'plotter_limit', details });
  for (const wrong of [
    { k: 17 },
    { k: 18.5 },
    { plotId: plotId.subarray(1) },
    { memo: new Uint8Array(65_536) },
  ]) {
    const refused = createPlot({ k, plotId, memo, path, ...wrong });
    await expect(refused).rejects.toMatchObject({ code: 'plot_bad_request' });
  }
  expect(readdirSync(folder)).toEqual([]);
});
