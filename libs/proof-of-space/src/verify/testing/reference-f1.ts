import { EXTRA_BITS } from '../../constants.js';
import { orBits, sliceBits, swap32 } from './hash/bit-strings.js';
import { chacha8Block } from './hash/chacha8-block.js';

const BLOCK_BITS = 512;

/** Block `counter` of the key stream as big-endian words, which is the order f1 reads its bits in. */
export function keyStreamBlock(key: Uint32Array, counter: number, out: Uint32Array, at: number): void {
  chacha8Block(key, counter, out, at);
  for (let i = at; i < at + 16; i++) out[i] = swap32(out[i]!);
}

const stream = new Uint32Array(32);
const y = new Uint32Array(3);
const extra = new Uint32Array(1);

/**
 * f1(x): the k key-stream bits from bit x*k, followed by the top 6 bits of x. Source: chiapos
 * `F1Calculator::CalculateF`.
 *
 * @param x an integer below 2^k
 * @param outY receives y (k + 6 bits, left aligned) as two words at `at`
 */
export function f1(key: Uint32Array, k: number, x: number, outY: Uint32Array, at: number): void {
  // x * k may need 56 bits, so the block number is worked out from the two parts of x.
  const high = Math.floor(x / BLOCK_BITS);
  const lowBits = (x % BLOCK_BITS) * k;
  const counter = high * k + Math.floor(lowBits / BLOCK_BITS);
  const bit = lowBits % BLOCK_BITS;
  keyStreamBlock(key, counter, stream, 0);
  if (bit + k > BLOCK_BITS) keyStreamBlock(key, counter + 1, stream, 16);
  y.fill(0);
  sliceBits(y, 0, stream, bit, k);
  extra[0] = Math.floor(x / 2 ** (k - EXTRA_BITS)) << (32 - EXTRA_BITS);
  orBits(y, k, extra, 0, 1);
  outY[at] = y[0]!;
  outY[at + 1] = y[1]!;
}
