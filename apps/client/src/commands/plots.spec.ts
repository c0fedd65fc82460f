import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { speakFor } from '../messages/speak.js';
import { plot18, vector } from '../testing/vectors.js';
import type { CommandIo } from './io.js';
import { checkPlots } from './plots-check.js';
import { createPlotCommand } from './plots-create.js';
import { verifyRows } from './plots-verify.js';

let folder: string;
let lines: string[];
const io: CommandIo = {
  out: (line) => void lines.push(line),
  err: (line) => void lines.push(line),
  speak: speakFor({}),
  env: {},
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-plots-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

test('a whole plot answers fresh challenges; a cut one is found out', async () => {
  const cut = join(folder, 'cut.plot');
  await copyFile(plot18.file, cut);
  await truncate(cut, 1000);
  expect(await checkPlots([plot18.file], { challenges: '40', json: true }, io)).toBe(true);
  const check = JSON.parse(lines[0]!);
  expect(check).toMatchObject({
    plotId: plot18.plotId,
    k: 18,
    bytes: plot18.bytes,
    challenges: 40,
    invalid: 0,
  });
  expect(check.proofs).toBeGreaterThan(12);
  expect(await checkPlots([cut, plot18.file], { challenges: '5' }, io)).toBe(false);
  expect(lines).toHaveLength(3);
  await expect(checkPlots([cut], { challenges: '0' }, io)).rejects.toMatchObject({
    code: 'plot_options_invalid',
  });
});

test('files of proofs agree with what they say; changed rows and junk do not', async () => {
  expect(await verifyRows(vector('proofs-k18-n0.jsonl'), io)).toMatchObject({ disagree: 0 });
  expect(await verifyRows(vector('altered-k18-n0.jsonl'), io)).toMatchObject({ disagree: 0 });
  expect(lines).toEqual([]);
  const [row] = (await readFile(vector('altered-k18-n0.jsonl'), 'utf8'))
    .split('\n')
    .map((line) => JSON.parse(line || '{}'));
  const file = join(folder, 'rows.jsonl');
  const rows = [row, { ...row, valid: !row.valid }, { ...row, k: 99, valid: false }, { plotId: 'x' }];
  await writeFile(file, `${rows.map((each) => JSON.stringify(each)).join('\n')}\n{"torn`);
  expect(await verifyRows(file, io)).toEqual({ rows: 5, agree: 2, disagree: 3 });
  expect(lines.map((line) => line.split(':')[1])).toEqual(['2', '4', '5']);
});

test('options that describe no plot are refused', async () => {
  const key = 'ab'.repeat(48);
  const bad = [
    { k: '17' },
    { k: '18' },
    { k: '18', id: 'ab', memo: '' },
    { k: '18', id: 'ab'.repeat(32), memo: '', contract: 'xch1x' },
    { k: '18', farmerPublicKey: key, contract: 'xch1nonsense' },
    { k: '18', farmerPublicKey: key, contract: 'cd'.repeat(32) },
  ];
  for (const options of bad) {
    await expect(createPlotCommand({ path: folder, ...options }, io)).rejects.toMatchObject({
      code: 'plot_options_invalid',
    });
  }
});
