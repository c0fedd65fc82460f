import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FseDecoder } from '../../fse/decoder.js';
import { C3_DISTRIBUTION } from '../../fse/distributions.js';
import { c3BlockBytes, p7ParkBytes } from '../../sizes.js';
import { CompressKernel } from './compress-kernel.js';
import type { CompressShape } from './compress-table.js';
import { bitString } from './testing/plain-park.js';
import { randomFrom, shuffled } from './testing/random.js';
import { hex, readNumbers, writeNumbers, writeWords } from './testing/records.js';
import { f7Bytes, valueBytes } from './widths.js';

const ALL_K = [18, 19, 22, 25, 31, 32, 33, 35];

function shapeOf(k: number): CompressShape {
  return { k, buckets: 32, linePointBuckets: 4096, lastBits: 13 };
}

for (const k of ALL_K) {
  test(`k=${k}: a bucket of table 7 by f7 and then by position`, () => {
    const random = randomFrom(k);
    const kernel = new CompressKernel(shapeOf(k));
    const slots = 8300;
    const bucket = 2 ** (k - 13) - 3;
    const f7s = Array.from({ length: slots }, () => random(2 ** 13));
    const ranks = new Set<number>();
    while (ranks.size < slots) ranks.add(Math.min(2 ** k + 400, random(2 ** k * 1.01)));
    const entries = [...ranks].map((rank, slot) => ({ f7: f7s[slot]!, slot, rank }));
    const input = kernel.last.open(slots);
    input.f7s.set(f7s);
    // the reference loses an entry now and then
    const pairs = shuffled(entries, random).slice(0, slots - 1);
    writeWords(
      input.pairs,
      pairs.map(({ rank, slot }) => (BigInt(rank) << 26n) | BigInt(slot)),
    );
    const made = kernel.last.sort(bucket, pairs.length);
    const sorted = pairs.sort((a, b) => a.f7 - b.f7 || a.rank - b.rank);
    expect(readNumbers(made.f7s, f7Bytes(k))).toEqual(sorted.map(({ f7 }) => bucket * 2 ** 13 + f7));
    expect(readNumbers(made.ranks, valueBytes(k, 7))).toEqual(sorted.map(({ rank }) => rank));
  });

  test(`k=${k}: P7`, () => {
    const random = randomFrom(k);
    const kernel = new CompressKernel(shapeOf(k));
    for (const count of [1, 2047, 2048, 2049, 5000]) {
      const ranks = Array.from({ length: count }, (_, i) =>
        i === 0 ? 2 ** (k + 1) - 1 : random(2 ** (k + 1)),
      );
      const bytes = valueBytes(k, 7);
      const values = bytes === 4 && k === 31 ? ranks.map((rank) => Math.min(rank, 2 ** 32 - 1)) : ranks;
      writeNumbers(kernel.last.openP7(count), values, bytes);
      const parks = Math.ceil(count / 2048) * p7ParkBytes(k);
      expect(hex(kernel.last.packP7())).toBe(
        bitString(
          values.map((rank) => [BigInt(rank), k + 1]),
          parks,
        ),
      );
    }
  });

  test(`k=${k}: C3, also where the reference leaves out a last block of one entry`, () => {
    const random = randomFrom(k);
    const kernel = new CompressKernel(shapeOf(k));
    const size = c3BlockBytes(k);
    const count = 20_001;
    const f7s = [2 ** k - 5 * count];
    for (let i = 1; i < count; i++) f7s.push(f7s[i - 1]! + Math.floor(-Math.log(1 - random(1000) / 1000)));
    const pack = (from: number, to: number, last: boolean) => {
      writeNumbers(kernel.last.openC3(to - from), f7s.slice(from, to), f7Bytes(k));
      const { blocks, firsts } = kernel.last.packC3(last);
      return { blocks: blocks.slice(), firsts: [...firsts] };
    };
    const all = pack(0, count, true);
    expect(all.firsts).toEqual([f7s[0], f7s[10_000], f7s[20_000]]);
    const decoder = new FseDecoder(C3_DISTRIBUTION);
    const deltas = new Uint8Array(10_000);
    for (const block of [0, 1]) {
      const at = block * size;
      const coded = (all.blocks[at]! << 8) | all.blocks[at + 1]!;
      expect(decoder.decode(all.blocks, at + 2, coded, deltas)).toBe(9999);
      const inBlock = f7s.slice(block * 10_000, (block + 1) * 10_000);
      expect([...deltas.subarray(0, 9999)]).toEqual(inBlock.slice(1).map((f7, i) => f7 - inBlock[i]!));
      expect(all.blocks.subarray(at + 2 + coded, at + size).every((byte) => byte === 0)).toBe(true);
      if (block === 1) expect(all.blocks.length).toBe(at + 2 + coded);
    }
    const first = pack(0, 10_000, false);
    expect(hex(first.blocks)).toBe(hex(all.blocks.subarray(0, size)));
    expect(first.firsts).toEqual([f7s[0]]);
    expect(hex(pack(10_000, 20_001, true).blocks)).toBe(hex(all.blocks.subarray(size)));
    expect(pack(10_000, 20_000, true).blocks.length).toBe(size);
    expect(pack(20_000, 20_001, true)).toEqual({ blocks: new Uint8Array(0), firsts: [f7s[20_000]] });
    writeNumbers(kernel.last.openC3(2), [5, 5 + C3_DISTRIBUTION.symbols], f7Bytes(k));
    expect(() => kernel.last.packC3(true)).toThrowError('do not fit');
  });
}

test('entries that do not belong to the bucket are refused', () => {
  const kernel = new CompressKernel(shapeOf(20));
  const input = kernel.last.open(2);
  input.f7s.set([7, 2 ** 13]);
  for (const slot of [1n, 2n]) {
    writeWords(input.pairs, [slot]);
    expect(() => kernel.last.sort(0, 1)).toThrowError('does not belong');
  }
  expect(() => kernel.last.sort(0, 3)).toThrow(RangeError);
});

test('deltas are coded as the vectors have them', () => {
  const text = readFileSync(
    new URL('../../../../../test/vectors/proof-of-space/fse-encode.jsonl', import.meta.url),
    'utf8',
  );
  const kernel = new CompressKernel(shapeOf(18));
  let rows = 0;
  for (const line of text.split('\n').filter(Boolean)) {
    const row = JSON.parse(line) as { R: number; deltas: number[]; encoded: string; size: number };
    if (row.R !== 1) continue;
    const f7s = [3];
    for (const [i, delta] of row.deltas.entries()) f7s.push(f7s[i]! + delta);
    writeNumbers(kernel.last.openC3(f7s.length), f7s, 4);
    const { blocks } = kernel.last.packC3(true);
    expect((blocks[0]! << 8) | blocks[1]!).toBe(row.size);
    expect(hex(blocks.subarray(2, 2 + row.size))).toBe(row.encoded);
    rows++;
  }
  expect(rows).toBeGreaterThan(3);
});
