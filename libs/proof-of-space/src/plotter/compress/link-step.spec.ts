import { expect, test } from 'vitest';
import { CompressKernel } from './compress-kernel.js';
import type { CompressShape } from './compress-table.js';
import { linePointBuckets } from './line-point-buckets.js';
import { type Random, randomFrom, shuffled } from './testing/random.js';
import { readEntries, writeNumbers, writeWords } from './testing/records.js';
import { valueBytes } from './widths.js';

const BUCKETS = 32;

function shapeOf(k: number): CompressShape {
  return { k, buckets: BUCKETS, linePointBuckets: k > 32 ? 4096 : 64, lastBits: k - 12 };
}

interface Link {
  left: number;
  right: number;
  bucket: number;
  edge: number;
}

function randomLink(random: Random, slots: number, edges: number): Link {
  const left = random(slots);
  let right = random(slots + edges);
  if (right === left) right = (left + 1) % slots;
  const bucket = random(BUCKETS);
  return { left, right, bucket, edge: bucket > 0 && random(10) === 0 ? 1 : 0 };
}

function packLink({ left, right, bucket, edge }: Link): bigint {
  return BigInt(left) | (BigInt(right) << 25n) | (BigInt(bucket) << 51n) | (BigInt(edge) << 63n);
}

/** The entries by bucket, each as its 96-bit number. */
function expected(
  links: readonly Link[],
  values: readonly number[],
  slotStarts: readonly number[],
  live: (bucket: number, slot: number) => boolean,
  width: bigint,
): Map<number, bigint[]> {
  const next = [...slotStarts];
  const runs = new Map<number, bigint[]>();
  for (const { left, right, bucket, edge } of links) {
    const slot = next[bucket]!++;
    if (!live(bucket, slot)) continue;
    const x = BigInt(Math.max(values[left]!, values[right]!));
    const y = BigInt(Math.min(values[left]!, values[right]!));
    const point = (x * (x - 1n)) / 2n + y;
    const target = Number(point / width);
    const id = BigInt(slot) | (BigInt(bucket) << 25n) | (BigInt(edge) << 37n);
    const run = runs.get(target) ?? [];
    run.push(((point % width) << 38n) | id);
    runs.set(target, run);
  }
  return runs;
}

for (const k of [18, 19, 22, 25, 31, 32, 33, 35]) {
  for (const table of [1, 3, 6]) {
    test(`k=${k}: links of table ${table} become line points in their buckets`, () => {
      const random = randomFrom(100 * k + table);
      const shape = shapeOf(k);
      const kernel = new CompressKernel(shape);
      const positions = table === 1 ? 2 ** k : Math.floor(2 ** k * 0.87);
      const slots = 700;
      const edges = 40;
      const count = 1500;
      const links = Array.from({ length: count }, () => randomLink(random, slots, edges));
      // the ends of the range are where a bucket could be missed
      const values = Array.from({ length: slots + edges }, (_, i) =>
        i < 3 ? i : i < 6 ? positions - i + 2 : random(positions),
      );
      const slotStarts = Array.from({ length: BUCKETS }, () => random(2 ** 24));
      const liveBits = Array.from({ length: BUCKETS }, () => random(8));
      const allLive = table === 6;
      const isLive = (bucket: number, slot: number) => allLive || (slot * 7 + bucket) % 9 !== 0;
      const runBytes = 1 + Math.ceil(count / 8);

      const width = valueBytes(k, table);
      const liveBytes = allLive ? 0 : BUCKETS * runBytes;
      kernel.reserve({
        slots,
        edges,
        links: count,
        liveBytes,
        linePoints: 0,
        linePointEdges: 0,
        lastSlots: 0,
        packed: 0,
      });
      kernel.openTable(table, positions);
      const input = kernel.links.open({ slots, edges, links: count, liveBytes });
      if (table === 1) {
        writeNumbers(input.values, values, width);
      } else {
        // slots of the next bucket, in no relation to their index but the order
        input.edgeSlots.set(Array.from({ length: edges }, (_, i) => 17 * i + 5));
        const pairs = values.map((value, index) => {
          const slot = index < slots ? BigInt(index) : BigInt(17 * (index - slots) + 5) | (1n << 25n);
          return (BigInt(value) << 26n) | slot;
        });
        writeWords(input.pairs, shuffled(pairs, random));
        kernel.links.placeRanks(pairs.length);
      }
      writeWords(input.links, links.map(packLink));
      input.slotStarts.set(slotStarts);
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const start = 8 * runBytes * bucket + liveBits[bucket]!;
        input.liveStarts[bucket] = start;
        for (let i = 0; i < count && !allLive; i++) {
          if (!isLive(bucket, slotStarts[bucket]! + i)) continue;
          if ((start + i) >> 3 < liveBytes) input.live[(start + i) >> 3]! |= 1 << ((start + i) & 7);
        }
      }
      const { counts, entries } = kernel.links.linePoints(allLive);

      const buckets = linePointBuckets(positions, shape.linePointBuckets, width === 8);
      const runs = expected(links, values, slotStarts, isLive, buckets.width);
      const all = readEntries(entries);
      let at = 0;
      for (let bucket = 0; bucket < shape.linePointBuckets; bucket++) {
        const run = runs.get(bucket) ?? [];
        expect(counts[bucket]).toBe(run.length);
        expect(all.slice(at, at + run.length)).toEqual(run);
        at += run.length;
      }
      expect(all.length).toBe(at);
    });
  }
}

test('a position for an entry that is not there is refused', () => {
  const kernel = new CompressKernel(shapeOf(20));
  kernel.openTable(2, 2 ** 20);
  const input = kernel.links.open({ slots: 10, edges: 2, links: 0, liveBytes: 0 });
  input.edgeSlots.set([3, 8]);
  for (const slot of [10n, (1n << 25n) | 4n, (1n << 25n) | 9n]) {
    writeWords(input.pairs, [slot]);
    expect(() => kernel.links.placeRanks(1)).toThrowError('belongs to no entry');
  }
});

test('buckets too few for the bits of an entry are refused', () => {
  expect(() => linePointBuckets(2 ** 35, 1024, true)).toThrow(RangeError);
  expect(linePointBuckets(2 ** 35, 4096, true).width).toBe(1n << 57n);
  expect(() => linePointBuckets(2 ** 25, 4097, false)).toThrow(RangeError);
});
