import fc from 'fast-check';
import { expect, test } from 'vitest';
import { METADATA_MULTIPLES } from '../constants.js';
import { f1Key } from './f1.js';
import { f1 } from './testing/reference-f1.js';
import { Fx } from './testing/reference-fx.js';
import { isMatch } from './testing/reference-match.js';
import { referenceQuality } from './testing/reference-quality.js';
import { ReferenceTree } from './testing/reference-tree.js';
import { verifyKernel } from './verify-kernel.js';

// The kernel against the plain TypeScript in testing/, step by step: there are no proofs of k > 32 to test with.

const ALL_K = Array.from({ length: 33 }, (_, i) => 18 + i);
const NODE_BYTES = 144;
const STRIDE = 7;

const kernel = verifyKernel();
const memory = new DataView(kernel.bytes.buffer);

/** Where word `word` (0 and 1 are y, then metadata) of an entry lies: 16 nodes, four lanes of 16 leaves each. */
const place = (node: number, lane: number, word: number) =>
  kernel.nodesStart() + node * NODE_BYTES + word * 16 + lane * 4;
const read = (node: number, lane: number, from: number, words: number) =>
  Array.from({ length: words }, (_, i) => memory.getUint32(place(node, lane, from + i), true));

/** A number below 2^bits from few random bits, often at an end. */
const upTo = (bits: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }) },
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n ** BigInt(bits) - 1n, 2n ** BigInt(bits - 1)) },
  );
const xValues = (k: number) => fc.array(upTo(k).map(Number), { minLength: 64, maxLength: 64 });
const id = fc.uint8Array({ minLength: 32, maxLength: 32 });

function load(k: number, plotId: Uint8Array, challenge: Uint8Array, x: readonly number[]) {
  const tree = new ReferenceTree(k);
  tree.loadX(x);
  kernel.bytes.set(plotId, kernel.plotIds);
  kernel.bytes.set(challenge, kernel.challenges);
  kernel.bytes.set(tree.toProof(), kernel.proofs);
  kernel.values.set(x);
  return tree;
}

test.each(ALL_K)('k=%i: every y and metadata of a tree of any x values', (k) => {
  fc.assert(
    fc.property(id, xValues(k), (plotId, x) => {
      const tree = load(k, plotId, plotId, x);
      kernel.tryLeaves(k);
      const y = new Uint32Array(128);
      const meta = new Uint32Array(STRIDE * 64);
      tree.loadProof(tree.toProof());
      const key = f1Key(plotId);
      for (let i = 0; i < 64; i++) {
        f1(key, k, x[i]!, y, 2 * i);
        const aligned = BigInt(x[i]!) << BigInt(64 - k);
        meta[i * STRIDE] = Number(aligned >> 32n);
        meta[i * STRIDE + 1] = Number(aligned & 0xffffffffn);
      }
      for (let table = 1, entries = 64; table <= 7; table++, entries /= 2) {
        if (table > 1) {
          const fx = new Fx(k, table);
          let expected = 0;
          for (let i = 0; i < entries; i++) {
            const [l0, l1, r0, r1] = y.subarray(4 * i, 4 * i + 4);
            const at = 2 * i * STRIDE;
            const perLane = entries / 4;
            const bit = perLane >= 1 ? (i % perLane) * 4 + Math.floor(i / perLane) : i;
            if (isMatch(k, l0!, l1!, r0!, r1!)) expected |= 1 << bit;
            fx.compute(l0!, l1!, meta, at, at + STRIDE, meta, i * STRIDE);
            y[2 * i] = fx.y0;
            y[2 * i + 1] = fx.y1;
          }
          const found = kernel.tryTable(k, table);
          expect((entries < 4 ? found & (2 ** entries - 1) : found) >>> 0).toBe(expected >>> 0);
        }
        const words = Math.ceil((k * METADATA_MULTIPLES[table]!) / 32);
        for (let i = 0; i < entries; i++) {
          const perLane = Math.max(1, entries / 4);
          const [node, lane] = [i % perLane, Math.floor(i / perLane)];
          expect(read(node, lane, 0, 2), `y ${i} of table ${table}`).toEqual([y[2 * i], y[2 * i + 1]]);
          expect(read(node, lane, 2, words), `metadata ${i} of table ${table}`).toEqual([
            ...meta.subarray(i * STRIDE, i * STRIDE + words),
          ]);
        }
      }
    }),
    { numRuns: 6 },
  );
});

test.each(ALL_K)('k=%i: which y match', (k) => {
  const bits = BigInt(k + 6);
  const last = 2n ** bits - 1n;
  const pairs = fc.array(
    fc.tuple(
      upTo(k + 6),
      fc.bigInt({ min: 0n, max: 63n }),
      fc.nat({ max: 15 }),
      fc.bigInt({ min: 0n, max: 40_000n }),
    ),
    { minLength: 32, maxLength: 32 },
  );
  let matched = 0;
  fc.assert(
    fc.property(pairs, (given) => {
      let expected = 0;
      given.forEach(([drawn, m, kind, other], i) => {
        // at the edges of a group, too, where a rounded quotient may be one off
        let left = kind < 4 ? drawn - (drawn % 15113n) + (kind < 2 ? 0n : 15112n) : drawn;
        if (left > last - 40_000n) left -= 40_000n;
        const a = left % 15113n;
        const step = 2n * m + ((left / 15113n) & 1n);
        const partner = ((a / 127n + m) % 119n) * 127n + ((a + step * step) % 127n);
        let right = kind < 9 ? (left / 15113n + 1n) * 15113n + partner : left + other;
        if (kind === 15 && left >= other) right = left - other;
        if (kind === 14 && k > 26) right ^= 1n << 32n;
        const [node, lane] = [2 * (i % 8), Math.floor(i / 8)];
        const words = [left, right].map((y) => {
          const aligned = y << (64n - bits);
          return [Number(aligned >> 32n), Number(aligned & 0xffffffffn)] as const;
        });
        words.forEach(([high, low], side) => {
          memory.setUint32(place(node + side, lane, 0), high, true);
          memory.setUint32(place(node + side, lane, 1), low, true);
        });
        if (!isMatch(k, ...words[0]!, ...words[1]!)) return;
        expected |= 1 << ((i % 8) * 4 + lane);
        matched++;
      });
      expect(kernel.tryTable(k, 2) >>> 0).toBe(expected >>> 0);
    }),
    { numRuns: 30 },
  );
  expect(matched).toBeGreaterThan(300);
});

test.each(ALL_K)('k=%i: the quality of any x values, also with equal ones', (k) => {
  // few different values, so that whole subtrees are equal
  const few = fc.array(fc.constantFrom(0, 1, 2 ** k - 1), { minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(fc.oneof(xValues(k), few), id, (x, challenge) => {
      load(k, challenge, challenge, x);
      kernel.tryLeaves(k);
      kernel.tryQuality(k);
      const quality = kernel.bytes.slice(kernel.qualities, kernel.qualities + 32);
      expect(quality).toEqual(referenceQuality(k, challenge, Float64Array.from(x)));
    }),
    { numRuns: 30 },
  );
});

test.each(ALL_K)('k=%i: x values in the order of a plot are put into that of a proof', (k) => {
  fc.assert(
    fc.property(id, xValues(k), fc.nat({ max: k - 1 }), (plotId, x, flipped) => {
      const tree = load(k, plotId, plotId, x);
      tree.fold(plotId, plotId, true, false);
      // a challenge that f7 answers, and others
      const challenge = new Uint8Array(32);
      const view = new DataView(challenge.buffer);
      view.setUint32(0, tree.top[0]);
      view.setUint32(4, tree.top[1]);
      challenge[k >>> 3]! ^= 0x80 >>> (k & 7);
      kernel.bytes.set(challenge, kernel.challenges);
      expect(kernel.assemble(k, false)).toBe(2);
      expect(kernel.bytes.slice(kernel.proofs, kernel.proofs + 8 * k)).toEqual(tree.toProof());
      challenge[flipped >>> 3]! ^= 0x80 >>> (flipped & 7);
      kernel.bytes.set(challenge, kernel.challenges);
      expect(kernel.assemble(k, false)).toBe(0);
      expect(kernel.assemble(k, true)).not.toBe(3);
    }),
    { numRuns: 5 },
  );
});
