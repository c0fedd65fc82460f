import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bladebitProgress, chiaProgress, madmaxProgress, type ProgressReader } from './progress.js';

/** What the programs printed while they made a plot of k=18: chiapos a388902 and madMAx 5b5bd68. */
const lines = (name: string) =>
  readFileSync(new URL(`testing/recorded-${name}-k18.txt`, import.meta.url), 'utf8').split('\n');

test.each<[string, () => ProgressReader, number]>([
  ['chiapos', chiaProgress, 0.97],
  ['madmax', madmaxProgress, 0.97],
])('the recorded output of %s leads through all phases to the end', (name, reader, end) => {
  const read = reader();
  const told = lines(name).flatMap((line) => read(line) ?? []);
  const fractions = told.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.length).toBeGreaterThan(15);
  expect(fractions[0]).toBeLessThan(0.05);
  expect(fractions.at(-1)).toBeGreaterThanOrEqual(end);
  expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['forward', 'backward', 'compress', 'write']);
});

test("the words of bladebit's disk plotter lead through its first phase table by table", () => {
  const read = bladebitProgress();
  const said = ['Finished f1 generation in 1.00 seconds.'];
  for (let table = 2; table <= 7; table++)
    said.push(`Completed table ${table} in 1.00 seconds with 4294 entries.`);
  const fractions = said.map((line) => read(line)?.fraction ?? -1);
  expect(fractions).toEqual([...new Set(fractions)].sort((a, b) => a - b));
  expect(fractions[0]).toBeGreaterThan(0);
  expect(read('Table 7 I/O wait time: 0.10 seconds.')).toBeNull();
});
