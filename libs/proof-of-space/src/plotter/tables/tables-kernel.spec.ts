import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { METADATA_MULTIPLES, PARAM_BC } from '../../constants.js';
import { f1Key } from '../../verify/f1.js';
import { f1 } from '../../verify/testing/reference-f1.js';
import { Fx } from '../../verify/testing/reference-fx.js';
import { isMatch } from '../../verify/testing/reference-match.js';
import { entryBytes, type Geometry, geometryFault, geometryOf } from '../geometry.js';
import { type Made, TablesKernel } from './tables-kernel.js';

/** k, and buckets that it can have; tables are tried in pieces, so that any k takes milliseconds. */
const KINDS = [
  [18, 16],
  [22, 128],
  [25, 512],
  [26, 512],
  [32, 1024],
  [33, 2048],
  [35, 2048],
] as const;

const X_PER_SOURCE = 2048;

function smallGeometry(k: number, buckets: number): Geometry {
  const geometry = geometryOf(k, buckets);
  expect(geometryFault(geometry)).toBeNull();
  return { ...geometry, xPerSource: X_PER_SOURCE, bucketCapacity: 16_384 };
}

/** A bit string as the reference keeps it: left aligned words of 32 bits. */
function leftAligned(value: bigint, bits: number, words: number): Uint32Array {
  const out = new Uint32Array(words);
  const wide = value << BigInt(32 * words - bits);
  for (let i = 0; i < words; i++) out[i] = Number((wide >> BigInt(32 * (words - 1 - i))) & 0xffff_ffffn);
  return out;
}

function toBigint(words: Uint32Array, at: number, bits: number): bigint {
  let value = 0n;
  const count = Math.ceil(bits / 32);
  for (let i = 0; i < count; i++) value = (value << 32n) | BigInt(words[at + i]!);
  return value >> BigInt(32 * count - bits);
}

interface Entry {
  readonly y: bigint;
  readonly meta: bigint;
}

/** An entry as it lies in memory, whose y is relative to `base`. */
function encodeEntry(k: number, table: number, entry: Entry, base: bigint): Uint8Array {
  const bytes = new Uint8Array(entryBytes(k, table));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Number(entry.y - base), true);
  if (table === 1) {
    if (k <= 32) view.setUint32(4, Number(entry.meta), true);
    else view.setBigUint64(4, entry.meta, true);
    return bytes;
  }
  const words = (bytes.length - 4) / 8;
  const wide = entry.meta << BigInt(64 * words - METADATA_MULTIPLES[table]! * k);
  for (let i = 0; i < words; i++) {
    view.setBigUint64(4 + 8 * i, BigInt.asUintN(64, wide >> BigInt(64 * (words - 1 - i))), true);
  }
  return bytes;
}

/** Everything in the runs, as hex by bucket and number. */
function runsOf(made: Made): string[][] {
  return Array.from(made.counts, (count, bucket) => {
    const run = Buffer.from(made.run(bucket));
    const bytes = count === 0 ? 1 : run.length / count;
    return Array.from({ length: count }, (_, i) => run.toString('hex', i * bytes, (i + 1) * bytes));
  });
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test.each(KINDS)('table 1 of k=%i is that of the reference, in runs', (k, buckets) => {
  const geometry = smallGeometry(k, buckets);
  const key = f1Key(randomBytes(32));
  const y = new Uint32Array(2);
  const width = BigInt(geometry.width);
  const lastSource = 2 ** k / X_PER_SOURCE - 1;
  for (const source of [0, randomInt(lastSource), lastSource]) {
    const made = new TablesKernel(geometry).firstTable(key, source);
    const wanted: string[][] = Array.from(made.counts, () => []);
    let edges = 0;
    for (let i = 0; i < X_PER_SOURCE; i++) {
      const x = source * X_PER_SOURCE + i;
      f1(key, k, x, y, 0);
      const whole = toBigint(y, 0, k + 6);
      const bucket = Number(whole / width);
      wanted[bucket]!.push(hex(encodeEntry(k, 1, { y: whole, meta: BigInt(x) }, BigInt(bucket) * width)));
      if (bucket > 0 && whole % width < BigInt(PARAM_BC)) edges++;
    }
    expect(runsOf(made)).toEqual(wanted);
    expect(made.edges.length / (8 + entryBytes(k, 1))).toBe(edges);
  }
});

test.each(KINDS.flatMap(([k, buckets]) => [1, 2, 3, 4, 5, 6].map((table) => [table, k, buckets] as const)))(
  'table %i of k=%i makes the pairs, values and links of the reference',
  (table, k, buckets) => {
    const geometry = smallGeometry(k, buckets);
    const { width, groups, yBuckets, lastBits } = geometry;
    const kernel = new TablesKernel(geometry);
    const bucket = randomInt(yBuckets - 1);
    const base = BigInt(bucket) * BigInt(width);
    const metaBits = METADATA_MULTIPLES[table]! * k;
    const random = (bits: number) =>
      BigInt(`0x${randomBytes(16).toString('hex')}${randomBytes(16).toString('hex')}`) >> BigInt(256 - bits);
    // crowded groups, so that some y are there twice; the first two, the last and the edge
    const entry = (group: number): Entry => ({
      y: base + BigInt(group * PARAM_BC + randomInt(PARAM_BC)),
      meta: random(metaBits),
    });
    const inside = [0, 1, groups - 1].flatMap((group) => Array.from({ length: 150 }, () => entry(group)));
    inside.push({ ...inside[5]!, meta: random(metaBits) }, { ...inside[200]!, meta: random(metaBits) });
    const edges = Array.from({ length: 150 }, () => entry(groups));
    const all = [...inside, ...edges];

    const input = kernel.entriesInput(table, inside.length, edges.length);
    for (const [i, one] of all.entries()) {
      const bytes = encodeEntry(k, table, one, base);
      input.set(bytes, i * bytes.length);
    }
    const made = kernel.nextTable(table, bucket, all.length);

    const ys = all.map(({ y }) => leftAligned(y, k + 6, 2));
    const fx = new Fx(k, table + 1);
    const metaWords = Math.ceil(metaBits / 32);
    const meta = new Uint32Array(2 * metaWords);
    const out = new Uint32Array(8);
    const outBits = METADATA_MULTIPLES[table + 1]! * k;
    const found = new Map<string, string>();
    for (let left = 0; left < inside.length; left++) {
      for (let right = 0; right < all.length; right++) {
        const [a, b] = [ys[left]!, ys[right]!];
        if (!isMatch(k, a[0]!, a[1]!, b[0]!, b[1]!)) continue;
        meta.set(leftAligned(all[left]!.meta, metaBits, metaWords));
        meta.set(leftAligned(all[right]!.meta, metaBits, metaWords), metaWords);
        out.fill(0);
        fx.compute(a[0]!, a[1]!, meta, 0, metaWords, out, 0);
        const y = toBigint(Uint32Array.of(fx.y0, fx.y1), 0, k + 6);
        const whole = table === 6 ? y >> 6n : y;
        const size = table === 6 ? 1n << BigInt(lastBits) : BigInt(width);
        const to = whole / size;
        const value = { y: whole, meta: toBigint(out, 0, outBits || 1) };
        found.set(`${left} ${right}`, `${to} ${hex(encodeEntry(k, table + 1, value, to * size))}`);
      }
    }

    const links = new BigUint64Array(made.links.slice().buffer);
    const runs = runsOf(made);
    const next = runs.map(() => 0);
    const got = new Map<string, string>();
    let edgeLinks = 0;
    for (const link of links) {
      const to = Number((link >> 51n) & 4095n);
      const text = runs[to]![next[to]!++]!;
      const y = Buffer.from(text, 'hex').readUInt32LE(0);
      const isEdge = table < 6 && to > 0 && y < PARAM_BC;
      expect(link >> 63n === 1n).toBe(isEdge);
      edgeLinks += Number(isEdge);
      got.set(`${link & 0x1ffffffn} ${(link >> 25n) & 0x3ffffffn}`, `${to} ${text}`);
    }
    expect(got.size).toBe(links.length);
    expect(got).toEqual(found);
    expect(found.size).toBeGreaterThan(100);
    expect(made.edges.length / (8 + entryBytes(k, table + 1))).toBe(edgeLinks);
  },
);

test('marks are those of live links only', () => {
  const kernel = new TablesKernel(smallGeometry(18, 16));
  const links = Array.from({ length: 1000 }, () => ({
    left: randomInt(900),
    right: randomInt(1100),
    to: randomInt(15),
    isLive: randomInt(2) === 1,
  }));
  const counts = new Uint32Array(16);
  for (const { to } of links) counts[to]!++;
  for (const allLive of [false, true]) {
    const input = kernel.marksInput(links.length, allLive ? 0 : 16 * 200);
    const view = new DataView(input.links.buffer, input.links.byteOffset, input.links.length);
    if (!allLive) input.live.fill(0);
    const next = new Uint32Array(16);
    for (let to = 0; to < 16; to++) input.cursors[to] = next[to] = 1600 * to + 5;
    const marks = new Uint8Array(1100);
    for (const [i, { left, right, to, isLive }] of links.entries()) {
      view.setBigUint64(8 * i, BigInt(left) | (BigInt(right) << 25n) | (BigInt(to) << 51n), true);
      const bit = next[to]!++;
      if (isLive && !allLive) input.live[bit >>> 3]! |= 1 << (bit & 7);
      if (isLive || allLive) marks[left] = marks[right] = 1;
    }
    const got = kernel.mark(links.length, allLive, 1100);
    expect(Array.from(marks, (_, i) => (got[i >>> 3]! >>> (i & 7)) & 1)).toEqual([...marks]);
  }
});
