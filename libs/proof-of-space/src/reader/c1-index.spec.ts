import { expect, test } from 'vitest';
import { C1Index } from './c1-index.js';
import type { PlotHeader } from './header.js';
import { readFullHeader } from './header.js';
import { memorySource } from './source.js';
import { countedSource } from './testing/faulty-source.js';
import { wholeFile } from './testing/plot-vectors.js';

/** A C1 as a k=32 plot has: every 10 000th of 2^32 values, with gaps that vary. */
function c1OfK32() {
  const entries = Math.floor(2 ** 32 / 10_000);
  const data = new Uint8Array(4 * (entries + 1) + 4096).fill(0x5a);
  const view = new DataView(data.buffer);
  const values = Array.from({ length: entries }, (_, i) => i * 9_990 + ((i * 7919) % 9_000));
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value);
  view.setUint32(4 * entries, 0);
  const { source, counts } = countedSource(memorySource(data));
  const header = { k: 32, c1: { begin: 0, end: data.length } } as PlotHeader;
  return { source, header, counts, values };
}

test('the index of a k=32 plot takes 32 KiB at most and one read of half a KiB a lookup', async () => {
  const { source, header, counts, values } = c1OfK32();
  const index = await C1Index.open(source, header);
  expect(index.entries).toBe(values.length);
  expect(index.bytes).toBeLessThanOrEqual(32 * 1024);
  expect(counts.reads).toBeLessThanOrEqual(8);
  for (let i = 0; i < 500; i++) {
    const at = (i * 104_729) % values.length;
    Object.assign(counts, { reads: 0, bytes: 0 });
    const value = values[at]!;
    const place = { index: at, value, previous: values[at - 1] };
    expect(await index.find(value)).toEqual(place);
    if (values[at + 1] !== value + 1) expect(await index.find(value + 1)).toEqual(place);
    expect(counts.reads).toBeLessThanOrEqual(2);
    expect(counts.bytes).toBeLessThanOrEqual(2 * 4 * 129);
  }
});

test('a thinned index finds what a whole one finds', async () => {
  const source = memorySource(wholeFile('plot-k20-n0.plot'));
  const header = await readFullHeader(source);
  const whole = await C1Index.open(source, header);
  for (const most of [2, 4, 16, 64]) {
    const thin = await C1Index.open(source, header, most);
    expect([thin.entries, thin.bytes <= 8 * most]).toEqual([whole.entries, true]);
    for (let f7 = 0; f7 < 2 ** 20; f7 += 4999) expect(await thin.find(f7)).toEqual(await whole.find(f7));
  }
});

test('what is no C1 is refused', async () => {
  const header = { k: 32, c1: { begin: 0, end: 400 } } as PlotHeader;
  const open = (data: Uint8Array) => C1Index.open(memorySource(data), header);
  await expect(open(new Uint8Array(0))).rejects.toMatchObject({ code: 'plot_bad_checkpoints' });
  await expect(open(new Uint8Array(400).fill(7))).rejects.toMatchObject({ code: 'plot_bad_checkpoints' });
  // It changes after it was opened.
  const { source, header: large, values } = c1OfK32();
  const index = await C1Index.open(source, large);
  const wiped = await source.read(0, 4 * values.length);
  wiped.fill(0);
  await expect(index.find(values[1000]!)).rejects.toMatchObject({ code: 'plot_bad_checkpoints' });
});
