import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makePlot } from './make-plot.js';

const FOLDER = new URL('../../../../test/vectors/proof-of-space/', import.meta.url);
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

interface PlotFile {
  k: number;
  plotId: string;
  memo: string;
  bytes: number;
  sha256: string;
}

const files = readFileSync(new URL('plot-files.jsonl', FOLDER), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as PlotFile)
  .filter(({ k }) => k <= Number(process.env.CROFT_TEST_PLOT_K ?? 20));

test.each(files)(
  'the plot k=$k of $plotId is the reference’s byte for byte',
  ({ k, plotId, memo, ...expected }) => {
    const hash = createHash('sha256');
    const fractions: number[] = [];
    let announced = 0;
    const steps = makePlot(
      { plotId: bytes(plotId), k, memo: bytes(memo) },
      { write: (part) => hash.update(part) },
      (size) => {
        announced = size;
      },
    );
    let step = steps.next();
    for (; !step.done; step = steps.next()) fractions.push(step.value.fraction);
    expect({ bytes: step.value, sha256: hash.digest('hex') }).toEqual(expected);
    expect(announced).toBe(expected.bytes);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBeLessThan(0.05);
    expect(fractions.at(-1)).toBe(1);
  },
  600_000,
);
