import { copyFile, mkdir, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linesIo } from '../testing/lines-io.js';
import { plot18 } from '../testing/vectors.js';
import { checkPlots } from './plots-check.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-plots-'));
});
afterEach(() => rm(folder, { recursive: true }));

const options = { challenges: '60', slow: '60000', json: true };
interface Row {
  [name: string]: unknown;
  proofs: number;
  interval: [number, number];
  ms: { quality: { median: number; p95: number }; proof: { median: number; p95: number } };
}

test('a whole plot answers fresh challenges, about as often as it should', async () => {
  const io = linesIo();
  expect(await checkPlots([plot18.file], options, io)).toBe(0);
  const [plot, last] = io.rows() as [Row, { total: Row }];
  expect(plot).toMatchObject({
    ...{ file: plot18.file, plotId: plot18.plotId, k: 18, bytes: plot18.bytes, challenges: 60, invalid: 0 },
    ...{ bad: false, slow: false, tooFew: false, duplicateOf: null, reason: null },
  });
  expect(plot.expected).toBeCloseTo(0.9, 1);
  expect(plot.proofs).toBeGreaterThan(15);
  expect(plot.interval[0]).toBeLessThan(plot.proofs / 60);
  expect(plot.interval[1]).toBeGreaterThan(plot.proofs / 60);
  expect(plot.ms.proof.median).toBeGreaterThan(0);
  expect(plot.ms.proof.p95).toBeGreaterThanOrEqual(plot.ms.proof.median);
  expect(last.total).toMatchObject({ plots: 1, bad: 0, slow: 0, challenges: 60, proofs: plot.proofs });
});

test('a folder stands for its plots; each bad one is named with its reason', async () => {
  await copyFile(plot18.file, join(folder, 'a.plot'));
  await copyFile(plot18.file, join(folder, 'b-again.plot'));
  await copyFile(plot18.file, join(folder, 'c-cut.plot'));
  await truncate(join(folder, 'c-cut.plot'), 1000);
  await writeFile(join(folder, 'd-text.plot'), 'not a plot at all');
  const compressed = Buffer.alloc(200);
  compressed.write('PLOT\u0002');
  compressed[43] = 1;
  await writeFile(join(folder, 'e-small.plot'), compressed);
  await mkdir(join(folder, 'f-folder.plot'));
  await copyFile(plot18.file, join(folder, 'g-damaged.plot'));
  const damaged = await open(join(folder, 'g-damaged.plot'), 'r+');
  await damaged.write(Buffer.alloc(2_000_000, 0x55), 0, 2_000_000, 300_000);
  await damaged.close();
  const io = linesIo();
  const paths = [folder, join(folder, 'nowhere.plot')];
  expect(await checkPlots(paths, { ...options, challenges: '20' }, io)).toBe(2);
  const rows = io.rows() as Row[];
  expect(rows.map(({ bad, reason, duplicateOf }) => [bad, reason, duplicateOf])).toEqual([
    [false, null, null],
    [true, null, join(folder, 'a.plot')],
    [true, 'truncated', undefined],
    [true, 'not_a_plot', undefined],
    [true, 'compressed', undefined],
    [true, 'io_error', undefined],
    [true, 'damaged', join(folder, 'a.plot')],
    [true, 'gone', undefined],
    [undefined, undefined, undefined],
  ]);
  expect(rows.at(-1)).toMatchObject({ total: { plots: 8, bad: 7 } });
});

test('in words, in both languages; a slow plot is marked and still good', async () => {
  for (const env of [{}, { LANG: 'zh_CN.UTF-8' }]) {
    const io = linesIo(env);
    const cut = join(folder, 'cut.plot');
    await writeFile(cut, 'x');
    expect(await checkPlots([plot18.file], { challenges: '30', slow: '1' }, io)).toBe(0);
    expect(io.lines.join('\n')).toMatch(/SLOW|慢/);
    expect(await checkPlots([cut], { challenges: '1', slow: '1' }, io)).toBe(1);
    expect(io.lines.join('\n')).toMatch(/not a plot|不是绘图文件/);
    expect(io.lines.join('\n')).not.toMatch(/\{\w+\}|undefined/);
  }
});

test('options and folders that make no sense are refused', async () => {
  for (const bad of [{ challenges: '0' }, { challenges: '1.5' }, { slow: 'x' }, { slow: '-1' }]) {
    await expect(checkPlots([plot18.file], { ...options, ...bad }, linesIo())).rejects.toMatchObject({
      code: 'plot_options_invalid',
    });
  }
  // Nothing named: the plots of this node, but there is none.
  await expect(checkPlots([], { ...options, data: folder }, linesIo())).rejects.toMatchObject({
    code: 'not_joined',
  });
});
