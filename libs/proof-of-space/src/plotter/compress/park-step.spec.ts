import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headerBytes, linePointBytes, parkBytes, stubsBytes } from '../../sizes.js';
import { CompressKernel } from './compress-kernel.js';
import type { CompressShape } from './compress-table.js';
import { linePointBuckets } from './line-point-buckets.js';
import { decodeParkPlainly, encodeParkPlainly } from './testing/plain-park.js';
import { type Random, randomFrom, shuffled } from './testing/random.js';
import { hex, pointBytes, pointsOf, readWords, writeEntries } from './testing/records.js';
import { valueBytes } from './widths.js';

const VECTORS = new URL('../../../../../test/vectors/proof-of-space/', import.meta.url);
const BUCKETS = 32;

function shapeOf(k: number): CompressShape {
  return { k, buckets: BUCKETS, linePointBuckets: k > 32 ? 4096 : k > 25 ? 64 : 8, lastBits: k - 12 };
}

/** Distances as they are between the line points of a table. */
function distance(random: Random, k: number, table: number): bigint {
  const mean = 2 ** (k - 1) * (table === 1 ? 1.2 : 0.7);
  return BigInt(Math.ceil(-mean * Math.log(1 - random(2 ** 30) / 2 ** 30)) + 1);
}

interface Entry {
  point: bigint;
  slot: number;
  bucket: number;
  edge: number;
}

function randomEntries(random: Random, k: number, table: number, count: number, first: bigint): Entry[] {
  let point = first;
  return Array.from({ length: count }, () => {
    point += distance(random, k, table);
    const bucket = random(BUCKETS);
    return { point, slot: random(2 ** 25), bucket, edge: bucket > 0 && random(8) === 0 ? 1 : 0 };
  });
}

/** The 96-bit number of an entry in a bucket that begins with `first`. */
function packed({ point, slot, bucket, edge }: Entry, first: bigint): bigint {
  return ((point - first) << 38n) | BigInt(slot) | (BigInt(bucket) << 25n) | (BigInt(edge) << 37n);
}

/** Rank pairs by bucket, ascending. */
function expectedPairs(entries: readonly Entry[], baseRank: number): bigint[][] {
  const pairs: bigint[][] = Array.from({ length: BUCKETS }, () => []);
  for (const [i, { slot, bucket, edge }] of entries.entries()) {
    const pair = (BigInt(baseRank + i) << 26n) | BigInt(slot);
    pairs[bucket]!.push(pair);
    if (edge) pairs[bucket - 1]!.push(pair | (1n << 25n));
  }
  return pairs;
}

for (const k of [18, 19, 22, 25, 31, 32, 33, 35]) {
  const shape = shapeOf(k);
  const kernel = new CompressKernel(shape);
  const cases = [
    { table: 1, count: 7000, baseRank: 4096 },
    { table: 2, count: 5000, baseRank: 2 ** k - 1000 },
    { table: 4, count: 2047, baseRank: 2048 * 77 + 1 },
    { table: 5, count: 2046, baseRank: 2048 * 77 + 1 },
    { table: 6, count: 3000, baseRank: 2048 * 5 + 2000 },
    { table: 6, count: 0, baseRank: 17 },
  ];
  for (const { table, count, baseRank } of cases) {
    test(`k=${k}: ${count} line points of P${table} from position ${baseRank} on`, () => {
      const random = randomFrom(1000 * k + 10 * table + (count % 10));
      const positions = table === 1 ? 2 ** k : Math.floor(2 ** k * 0.87);
      kernel.openTable(table, positions);
      const { width } = linePointBuckets(positions, shape.linePointBuckets, valueBytes(k, table) === 8);
      const bucket = shape.linePointBuckets - 7;
      const first = BigInt(bucket) * width;
      const entries = randomEntries(random, k, table, count, first);
      const records = shuffled(entries, random).map((entry) => packed(entry, first));
      writeEntries(kernel.parks.open(count), records);
      const made = kernel.parks.sortAndPark(bucket, baseRank);

      const pairs = expectedPairs(entries, baseRank);
      expect([...made.pairCounts]).toEqual(pairs.map((run) => run.length));
      const got = readWords(made.pairs);
      expect(got).toEqual(pairs.flat());

      const points = entries.map(({ point }) => point);
      const head = Math.min(count, (2048 - (baseRank % 2048)) % 2048);
      const parks = Math.floor((count - head) / 2048);
      expect(pointsOf(made.head)).toEqual(points.slice(0, head));
      expect(pointsOf(made.tail)).toEqual(points.slice(head + 2048 * parks));
      expect(made.parks.length).toBe(parks * parkBytes(k, table));
      for (let park = 0; park < parks; park++) {
        const inPark = points.slice(head + 2048 * park, head + 2048 * (park + 1));
        const bytes = made.parks.slice(park * parkBytes(k, table), (park + 1) * parkBytes(k, table));
        expect(hex(bytes)).toBe(encodeParkPlainly(k, table, inPark));
      }
    });
  }

  test(`k=${k}: parks of few line points and of many`, () => {
    const random = randomFrom(k);
    for (const count of [2, 3, 4, 5, 100, 1023, 2048]) {
      kernel.openTable(3, 2 ** k);
      const points = randomEntries(random, k, 3, count, (1n << BigInt(2 * k - 2)) - 5n).map(
        ({ point }) => point,
      );
      expect(hex(kernel.parks.encodePark(pointBytes(points)))).toBe(encodeParkPlainly(k, 3, points));
    }
    expect(kernel.parks.encodePark(pointBytes([5n])).every((byte) => byte === 0)).toBe(true);
    expect(() => kernel.parks.encodePark(new Uint8Array(0))).toThrow(RangeError);
    expect(() => kernel.parks.encodePark(new Uint8Array(2049 * 16))).toThrow(RangeError);
    expect(() => kernel.parks.encodePark(pointBytes([5n, 5n + (255n << BigInt(k - 3))]))).toThrowError(
      'do not fit',
    );
    expect(() => kernel.parks.encodePark(pointBytes([5n, 5n + (1n << 64n)]))).toThrowError('do not fit');
  });
}

test('line points are sorted also when there are so many that they are parted first', () => {
  const random = randomFrom(9);
  const kernel = new CompressKernel({ ...shapeOf(18), linePointBuckets: 5 });
  kernel.openTable(1, 2 ** 18);
  const { width } = linePointBuckets(2 ** 18, 5, false);
  const points = new Set<bigint>([0n, 1n, 2n, width - 1n, width - 2n]);
  while (points.size < 40_000) points.add(BigInt(random(Number(width))));
  const entries = [...points].map((point) => ({
    point,
    slot: random(2 ** 25),
    bucket: random(BUCKETS),
    edge: 0,
  }));
  const records = entries.map((entry) => packed(entry, 0n));
  writeEntries(kernel.parks.open(records.length), records);
  const made = kernel.parks.sortAndPark(0, 2 ** 21 + 1);
  const sorted = entries.sort((a, b) => (a.point < b.point ? -1 : 1));
  expect(readWords(made.pairs)).toEqual(expectedPairs(sorted, 2 ** 21 + 1).flat());
});

test('every tenth park of a real plot comes out again', () => {
  const plot = readFileSync(new URL('plot-k18-n0.plot', VECTORS));
  const k = 18;
  const pointers = Array.from({ length: 10 }, (_, i) =>
    Number(plot.readBigUInt64BE(headerBytes(112) - 80 + 8 * i)),
  );
  const kernel = new CompressKernel(shapeOf(k));
  for (let table = 1; table <= 6; table++) {
    kernel.openTable(table, 2 ** k);
    const size = parkBytes(k, table);
    for (let at = pointers[table - 1]!; at < pointers[table]!; at += 10 * size) {
      const park = new Uint8Array(plot.subarray(at, at + size));
      const points = decodeParkPlainly(k, table, park);
      expect(hex(kernel.parks.encodePark(pointBytes(points)))).toBe(hex(park));
    }
  }
});

test('deltas are coded as the vectors have them', () => {
  const tables = new Map([
    [4.7, 1],
    [2.75, 2],
    [2.7, 4],
    [2.6, 5],
    [2.45, 6],
  ]);
  const k = 20;
  const kernel = new CompressKernel(shapeOf(k));
  const text = readFileSync(new URL('fse-encode.jsonl', VECTORS), 'utf8');
  let rows = 0;
  for (const line of text.split('\n').filter(Boolean)) {
    const row = JSON.parse(line) as { R: number; deltas: number[]; encoded: string; size: number };
    const table = tables.get(row.R);
    if (!table || row.deltas.length > 2047) continue;
    const points = [9n];
    for (const [i, delta] of row.deltas.entries()) points.push(points[i]! + (BigInt(delta) << BigInt(k - 3)));
    kernel.openTable(table, 2 ** k);
    const deltas = kernel.parks.encodePark(pointBytes(points)).subarray(linePointBytes(k) + stubsBytes(k));
    if (row.size === 0) {
      expect(deltas[1]! >> 7).toBe(1);
    } else {
      expect(deltas[0]! | (deltas[1]! << 8)).toBe(row.size);
      expect(hex(deltas.subarray(2, 2 + row.size))).toBe(row.encoded);
    }
    rows++;
  }
  expect(rows).toBeGreaterThan(25);
});
