import { EXTRA_BITS, EXTRA_BITS_POW, PARAM_B, PARAM_BC, PARAM_C } from '../../constants.js';

const TWO_32 = 0x1_0000_0000;

/**
 * Whether an entry with y `left` may be the left neighbour of one with y `right`. Both are left aligned strings
 * of k + 6 bits in two words. Source: chiapos `FxCalculator::FindMatches`; the difference of the rows gives m.
 */
export function isMatch(k: number, left0: number, left1: number, right0: number, right1: number): boolean {
  const bits = k + EXTRA_BITS;
  const a = split(bits, left0, left1);
  const bucket = splitBucket;
  const b = split(bits, right0, right1);
  if (splitBucket !== bucket + 1) return false;
  const m = (Math.floor(b / PARAM_C) - Math.floor(a / PARAM_C) + PARAM_B) % PARAM_B;
  if (m >= EXTRA_BITS_POW) return false;
  const step = 2 * m + (bucket % 2);
  return b % PARAM_C === ((a % PARAM_C) + step * step) % PARAM_C;
}

/** Bucket of the last `split`: a second return value without an allocation. */
let splitBucket = 0;

/** y mod BC; y has up to 56 bits, so the division is done in two steps that are each exact in a double. */
function split(bits: number, y0: number, y1: number): number {
  if (bits <= 32) {
    const y = y0 >>> (32 - bits);
    splitBucket = Math.floor(y / PARAM_BC);
    return y % PARAM_BC;
  }
  const high = y0 >>> (64 - bits);
  const low = ((y0 << (bits - 32)) | (y1 >>> (64 - bits))) >>> 0;
  const rest = (high % PARAM_BC) * TWO_32 + low;
  splitBucket = Math.floor(high / PARAM_BC) * TWO_32 + Math.floor(rest / PARAM_BC);
  return rest % PARAM_BC;
}
