import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FseDecoder } from './decoder.js';
import { C3_DISTRIBUTION, type DeltaDistribution, PARK_DISTRIBUTIONS } from './distributions.js';
import { FseEncoder } from './encoder.js';

const FOLDER = new URL('../../../../test/vectors/proof-of-space/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

const BY_R = new Map<number, DeltaDistribution>([
  [4.7, PARK_DISTRIBUTIONS[1]!],
  [2.75, PARK_DISTRIBUTIONS[2]!],
  [2.7, PARK_DISTRIBUTIONS[4]!],
  [2.6, PARK_DISTRIBUTIONS[5]!],
  [2.45, PARK_DISTRIBUTIONS[6]!],
  [1, C3_DISTRIBUTION],
]);

test('the shipped counts are those of the reference', () => {
  const reference = JSON.parse(read('fse-normalized-counts.json')) as Record<
    string,
    { R: number; counts: number[] }
  >;
  const ours = [...PARK_DISTRIBUTIONS.slice(1), C3_DISTRIBUTION];
  for (const [index, { counts }] of Object.values(reference).entries()) {
    const { frequent, symbols } = ours[index]!;
    expect([...frequent, ...new Array(symbols - frequent.length).fill(-1)]).toEqual(counts);
  }
});

test('deltas are encoded as the reference encodes them, and decode again', () => {
  const rows = read('fse-encode.jsonl').split('\n').filter(Boolean);
  for (const row of rows) {
    const { R, deltas, encoded, size } = JSON.parse(row) as {
      R: number;
      deltas: number[];
      encoded: string;
      size: number;
    };
    const distribution = BY_R.get(R)!;
    const out = new Uint8Array(2 * deltas.length + 5);
    expect(new FseEncoder(distribution).encode(Uint8Array.from(deltas), deltas.length, out, 0)).toBe(size);
    expect(Buffer.from(out.subarray(0, size)).toString('hex')).toBe(encoded);
    if (size === 0) continue;
    const decoded = new Uint8Array(deltas.length);
    expect(new FseDecoder(distribution).decode(out, 0, size, decoded)).toBe(deltas.length);
    expect([...decoded]).toEqual(deltas);
  }
  expect(rows.length).toBeGreaterThan(30);
});

test('any deltas survive the way there and back, also with every rare symbol', () => {
  for (const distribution of BY_R.values()) {
    const encoder = new FseEncoder(distribution);
    const decoder = new FseDecoder(distribution);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 3, maxLength: 300, max: distribution.symbols - 1 }),
        (deltas) => {
          const out = new Uint8Array(2 * deltas.length + 5);
          const size = encoder.encode(deltas, deltas.length, out, 0);
          const decoded = new Uint8Array(deltas.length);
          expect(decoder.decode(out, 0, size, decoded)).toBe(deltas.length);
          expect(decoded).toEqual(deltas);
        },
      ),
    );
  }
});

test('bytes that are no stream end with a count or -1', () => {
  const decoder = new FseDecoder(C3_DISTRIBUTION);
  const out = new Uint8Array(2047);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => {
      const count = decoder.decode(data, 0, data.length, out);
      expect(count >= -1 && count <= out.length).toBe(true);
    }),
  );
});

test('decoding stops where it is told to: after so many symbols, or beyond a sum', () => {
  for (const distribution of BY_R.values()) {
    const decoder = new FseDecoder(distribution);
    const encoder = new FseEncoder(distribution);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 300, max: distribution.symbols - 1 }),
        fc.nat(100),
        fc.nat(3000),
        (deltas, wanted, beyond) => {
          const coded = new Uint8Array(4 * deltas.length + 16);
          const size = encoder.encode(deltas, deltas.length, coded, 0);
          fc.pre(size > 0);
          const out = new Uint8Array(deltas.length);
          const count = decoder.decode(coded, 0, size, out, wanted + 1, beyond);
          expect([...out.subarray(0, count)]).toEqual([...deltas.subarray(0, count)]);
          const total = deltas.subarray(0, count).reduce((sum, each) => sum + each, 0);
          expect(count === deltas.length || count > wanted || total > beyond).toBe(true);
        },
      ),
    );
  }
});
