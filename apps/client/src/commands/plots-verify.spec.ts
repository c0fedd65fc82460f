import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linesIo } from '../testing/lines-io.js';
import { plot18, vector } from '../testing/vectors.js';
import { boundedLines } from './bounded-lines.js';
import { lookUpPlot } from './plots-lookup.js';
import { verifyExitCode, verifyRows } from './plots-verify.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-plots-'));
});
afterEach(() => rm(folder, { recursive: true }));

const rowsOf = async (name: string): Promise<{ [key: string]: unknown }[]> =>
  (await readFile(vector(name), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test.each(['proofs-k18-n0', 'altered-k18-n0', 'proofs-k32-mainnet', 'altered-k25-n0'])(
  'all rows of %s agree',
  async (name) => {
    const io = linesIo();
    const result = await verifyRows(vector(`${name}.jsonl`), io);
    expect(result).toMatchObject({ disagree: 0, malformed: 0, agree: result.rows });
    expect(result.rows).toBe((await rowsOf(`${name}.jsonl`)).length);
    expect(verifyExitCode(result)).toBe(0);
    expect(io.lines).toEqual([]);
  },
);

test('changed rows disagree; lines that are no rows are named with their number', async () => {
  const [row] = await rowsOf('altered-k18-n0.jsonl');
  const good = (await rowsOf('proofs-k18-n0.jsonl')).find(({ proofs }) => (proofs as unknown[]).length > 0)!;
  const [proof] = good.proofs as object[];
  const file = join(folder, 'rows.jsonl');
  const rows = [
    row,
    { ...row, valid: !row!.valid },
    { ...row, k: 99, valid: false },
    { ...good, proofs: [{ ...proof, quality: '00'.repeat(32) }] },
  ];
  await writeFile(file, rows.map((each) => `${JSON.stringify(each)}\r\n`).join('\n'));
  const io = linesIo();
  const result = await verifyRows(file, io);
  expect(result).toEqual({ rows: 4, agree: 2, disagree: 2, malformed: 0 });
  expect(verifyExitCode(result)).toBe(1);
  expect(io.lines.map((line) => line.slice(file.length + 1).split(':')[0])).toEqual(['3', '7']);

  const long = `{"kind":"${'x'.repeat(2 ** 20)}"}`;
  await writeFile(file, [JSON.stringify(row), '{"plotId":"x"}', long, '[]', '{"torn'].join('\n'));
  io.lines.length = 0;
  const malformed = await verifyRows(file, io);
  expect(malformed).toEqual({ rows: 1, agree: 1, disagree: 0, malformed: 4 });
  expect(verifyExitCode(malformed)).toBe(2);
  expect(io.lines.map((line) => line.slice(file.length + 1).split(':')[0])).toEqual(['2', '3', '4', '5']);
  await expect(verifyRows(folder, io)).rejects.toMatchObject({ code: 'plot_unreadable' });
});

test('lines come whole however their bytes come, and long ones are not kept', async () => {
  const text = Buffer.from('one\ntwö\r\n\nfour is too long\nlast');
  for (let size = 1; size <= text.length; size++) {
    const chunks = async function* () {
      for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
    };
    const lines = [];
    for await (const { number, text } of boundedLines(chunks(), 8)) lines.push([number, text]);
    expect(lines).toEqual([
      [1, 'one'],
      [2, 'twö'],
      [3, ''],
      [4, null],
      [5, 'last'],
    ]);
  }
});

test('a lookup gives the proofs of the vectors, as a row that verifies', async () => {
  const file = join(folder, 'looked-up.jsonl');
  const rows = (await rowsOf('proofs-k18-n0.jsonl')).slice(0, 10);
  const io = linesIo();
  for (const { challenge } of rows) {
    await lookUpPlot(plot18.file, { challenge: `0x${challenge}`, json: true }, io);
  }
  expect(io.rows()).toMatchObject(rows);
  await writeFile(file, io.lines.join('\n'));
  expect(await verifyRows(file, io)).toMatchObject({ agree: 10, disagree: 0 });

  const { challenge, proofs } = rows.find((each) => (each.proofs as unknown[]).length > 0)!;
  const spoken = linesIo();
  await lookUpPlot(plot18.file, { challenge: String(challenge) }, spoken);
  expect(spoken.lines.join('\n')).toContain((proofs as { quality: string }[])[0]!.quality);
  await expect(lookUpPlot(plot18.file, { challenge: 'abc' }, io)).rejects.toMatchObject({
    code: 'plot_options_invalid',
  });
  await expect(lookUpPlot(folder, { challenge: String(challenge) }, io)).rejects.toMatchObject({
    code: 'plot_unreadable',
  });
});
