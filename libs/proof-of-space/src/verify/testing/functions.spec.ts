import { blake3 } from '@noble/hashes/blake3.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { METADATA_MULTIPLES } from '../../constants.js';
import { f1Key } from '../f1.js';
import { swap32 } from './hash/bit-strings.js';
import { blake3Block } from './hash/blake3-block.js';
import { chacha8Block } from './hash/chacha8-block.js';
import { f1, keyStreamBlock } from './reference-f1.js';
import { Fx } from './reference-fx.js';
import { isMatch } from './reference-match.js';

// The same functions written plainly over BigInt, from their definition. There are no plots of k > 32 to test with.

const mask = (bits: number) => (1n << BigInt(bits)) - 1n;

/** Left aligned words of a value of `bits` bits. */
function words(value: bigint, bits: number, count: number): number[] {
  const aligned = value << BigInt(32 * count - bits);
  return Array.from({ length: count }, (_, i) =>
    Number((aligned >> BigInt(32 * (count - 1 - i))) & mask(32)),
  );
}

const anyK = fc.integer({ min: 18, max: 50 });
const value = (bits: number) => fc.bigInt({ min: 0n, max: mask(bits) });

test('ChaCha8: the published test vector for 256-bit keys and a zero key', () => {
  const out = new Uint32Array(16);
  chacha8Block(new Uint32Array(8), 0, out, 0);
  expect(Buffer.from(out.buffer).toString('hex').slice(0, 64)).toBe(
    '3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e',
  );
});

test('BLAKE3 of a block is that of an independent implementation', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (message) => {
      const block = new Uint8Array(64);
      block.set(message);
      const out = new Uint32Array(8);
      blake3Block(new Uint32Array(block.buffer), message.length, out);
      expect(new Uint8Array(out.buffer)).toEqual(blake3(message));
    }),
  );
});

test('f1 reads k bits of the key stream and appends the top bits of x, for every k', () => {
  const cases = anyK.chain((k) => fc.tuple(fc.constant(k), value(k)));
  const key = f1Key(new Uint8Array(32).fill(7));
  const y = new Uint32Array(2);
  fc.assert(
    fc.property(cases, ([k, x]) => {
      const bit = x * BigInt(k);
      const blocks = new Uint32Array(32);
      keyStreamBlock(key, Number(bit / 512n), blocks, 0);
      keyStreamBlock(key, Number(bit / 512n) + 1, blocks, 16);
      const stream = [...blocks].reduce((all, word) => (all << 32n) | BigInt(word), 0n);
      const top = (stream >> (1024n - (bit % 512n) - BigInt(k))) & mask(k);
      f1(key, k, Number(x), y, 0);
      expect([...y]).toEqual(words((top << 6n) | (x >> BigInt(k - 6)), k + 6, 2));
    }),
    { numRuns: 500 },
  );
});

test('f2 to f7 hash y and both metadata, for every k', () => {
  const cases = fc.tuple(anyK, fc.integer({ min: 2, max: 7 })).chain(([k, table]) => {
    const bits = k * METADATA_MULTIPLES[table - 1]!;
    return fc.tuple(fc.constant(k), fc.constant(table), value(k + 6), value(bits), value(bits));
  });
  fc.assert(
    fc.property(cases, ([k, table, y, left, right]) => {
      const inBits = k * METADATA_MULTIPLES[table - 1]!;
      const outBits = k * METADATA_MULTIPLES[table]!;
      const fx = new Fx(k, table);
      const both = (left << BigInt(inBits)) | right;
      const input = (y << BigInt(2 * inBits)) | both;
      const length = Math.ceil((k + 6 + 2 * inBits) / 8);
      const padded = (input << BigInt(8 * length - (k + 6 + 2 * inBits)))
        .toString(16)
        .padStart(2 * length, '0');
      const hash = BigInt(`0x${Buffer.from(blake3(Buffer.from(padded, 'hex'))).toString('hex')}`);
      const meta = new Uint32Array([...words(left, inBits, fx.inWords), ...words(right, inBits, fx.inWords)]);
      const out = new Uint32Array(fx.outWords);
      const [y0, y1] = words(y, k + 6, 2);
      fx.compute(y0!, y1!, meta, 0, fx.inWords, out, 0);
      expect([fx.y0, fx.y1]).toEqual(words(hash >> BigInt(250 - k), k + 6, 2));
      const hashed = outBits === 0 ? 0n : (hash >> BigInt(250 - k - outBits)) & mask(outBits);
      expect([...out]).toEqual(words(table < 4 ? both : hashed, outBits, fx.outWords));
    }),
    { numRuns: 1000 },
  );
});

test('matching follows its definition, for every k', () => {
  const matches = (left: bigint, right: bigint) => {
    if (right / 15113n !== left / 15113n + 1n) return false;
    const a = left % 15113n;
    const b = right % 15113n;
    for (let m = 0n; m < 64n; m++) {
      const step = 2n * m + ((left / 15113n) & 1n);
      const row = (b / 127n - a / 127n - m) % 119n === 0n;
      if (row && (b - (a % 127n) - step * step) % 127n === 0n) return true;
    }
    return false;
  };
  // Half of the cases are made to match: a partner is worked out from m.
  const cases = anyK.chain((k) =>
    fc.tuple(
      fc.constant(k),
      value(k + 6),
      fc.bigInt({ min: 0n, max: 63n }),
      fc.nat({ max: 15112 }),
      fc.boolean(),
    ),
  );
  let matched = 0;
  fc.assert(
    fc.property(cases, ([k, y, m, other, made]) => {
      const left = y > mask(k + 6) - 40_000n ? y - 40_000n : y;
      const a = left % 15113n;
      const step = 2n * m + ((left / 15113n) & 1n);
      const partner = ((a / 127n + m) % 119n) * 127n + ((a + step * step) % 127n);
      const right = (left / 15113n + 1n) * 15113n + (made ? partner : BigInt(other));
      const [l0, l1] = words(left, k + 6, 2);
      const [r0, r1] = words(right, k + 6, 2);
      expect(isMatch(k, l0!, l1!, r0!, r1!)).toBe(matches(left, right));
      if (matches(left, right)) matched++;
      expect(isMatch(k, r0!, r1!, l0!, l1!)).toBe(false);
      expect(swap32(swap32(l0!))).toBe(l0);
    }),
    { numRuns: 2000 },
  );
  expect(matched).toBeGreaterThan(500);
});
