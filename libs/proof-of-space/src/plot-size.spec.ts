import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chiaV1 } from './chia-v1.js';
import { plotFileName } from './plot-name.js';
import { estimatedFileBytes, expectedPlotBytes } from './plot-size.js';
import { layOut } from './plotter/layout.js';

const FOLDER = new URL('../../../test/vectors/proof-of-space/', import.meta.url);

test('size(k) is the consensus size', () => {
  expect(expectedPlotBytes(18)).toBe(4_849_664n);
  expect(expectedPlotBytes(32)).toBe(139_586_437_120n);
  expect(chiaV1.quantity({ plotId: new Uint8Array(32), k: 32 })).toBe(139_586_437_120n);
  expect(chiaV1.quantity({ plotId: new Uint8Array(32), k: 3 })).toBe(0n);
});

test('the estimate is above every real file, and not far above a large one', () => {
  for (const line of readFileSync(new URL('plot-files.jsonl', FOLDER), 'utf8').split('\n').filter(Boolean)) {
    const { k, bytes } = JSON.parse(line) as { k: number; bytes: number };
    expect(estimatedFileBytes(k)).toBeGreaterThan(bytes);
    expect(estimatedFileBytes(k)).toBeLessThan(bytes * (1.05 + 140 * 2 ** (-k / 2)));
  }
  // chia-plotter's README: a k=32 plot has 108 828 428 322 bytes.
  expect(estimatedFileBytes(32) / 108_828_428_322).toBeGreaterThan(1);
  expect(estimatedFileBytes(32) / 108_828_428_322).toBeLessThan(1.01);
});

test('a plot file is named as plotters name it', () => {
  const id = 'AB'.repeat(32);
  const name = plotFileName(32, new Date('2026-01-31T09:05:59Z'), `0x${id}`);
  expect(name).toBe(`plot-k32-2026-01-31-09-05-${id.toLowerCase()}.plot`);
  expect(() => plotFileName(32, new Date(), '../../etc')).toThrow(/name/);
  expect(() => plotFileName(17, new Date(), id)).toThrow(/name/);
  expect(() => plotFileName(32, new Date(Number.NaN), id)).toThrow(/name/);
});

test('a last park of one entry is lost as in the reference, and P7 follows P6', () => {
  const layout = layOut(18, 0, [0, 2049, 2049, 2049, 2049, 2049, 2049]);
  expect(layout.lastEntries).toBe(2048);
  expect(layout.pointers[1]! - layout.pointers[0]!).toBe(2 * 5277);
  expect(layout.pointers[7]! - layout.pointers[6]!).toBe(4864);
});

test('a plot is known by 31 bytes of its id and k, and due below the threshold', () => {
  const subject = (id: number[], k: number) => ({
    plotId: Uint8Array.from({ length: 32 }, (_, i) => id[i] ?? 0),
    k,
  });
  const identity = (id: number[], k: number) => chiaV1.identity(subject(id, k));
  const last = new Array(31).fill(0);
  expect(identity([...last, 1], 32)).toEqual(identity([...last, 2], 32));
  expect(identity([1], 32)).not.toEqual(identity([2], 32));
  expect(identity([1], 32)).not.toEqual(identity([1], 33));
  const lot = Uint8Array.of(0, 0, 1, 0, 255);
  expect(chiaV1.due(lot, 257)).toBe(true);
  expect(chiaV1.due(lot, 256)).toBe(false);
  expect(chiaV1.due(new Uint8Array(32).fill(255), 2 ** 32)).toBe(true);
  expect(chiaV1.due(new Uint8Array(32), 0)).toBe(false);
});
