// Whether entries may be neighbours. Source: chiapos `FxCalculator::FindMatches`.

import { VECTOR } from '../shared/lane-bits';

const B: i32 = 119;
const C: i32 = 127;
const BC: i32 = 15113;
/** 2^22 / 127, rounded up: n * this >> 22 is floor(n / 127) for n up to 33553. */
const INVERSE_OF_C: i32 = 33027;

// @ts-ignore: decorator
@inline
function overC(n: v128): v128 {
  return i32x4.shr_u(i32x4.mul(n, i32x4.splat(INVERSE_OF_C)), 22);
}

/** The low 32 bits of y as a number, from its left aligned words. */
// @ts-ignore: decorator
@inline
function low(node: usize, bits: i32): v128 {
  const y0 = v128.load(node);
  if (bits <= 32) return i32x4.shr_u(y0, 32 - bits);
  return v128.or(i32x4.shl(y0, bits - 32), i32x4.shr_u(v128.load(node, VECTOR), 64 - bits));
}

/** The bits of y above the low 32. */
// @ts-ignore: decorator
@inline
function high(node: usize, bits: i32): v128 {
  return bits <= 32 ? i32x4.splat(0) : i32x4.shr_u(v128.load(node), 64 - bits);
}

/**
 * floor(y / BC) of lanes 0 and 1, or one more or less, as a double with 2^52 added, whose low 32 bits are then those
 * of the quotient. y has up to 56 bits, so that three roundings of 2^-53 stay below 2^-8 of a quotient of 43 bits.
 */
// @ts-ignore: decorator
@inline
function quotients(high: v128, low: v128): v128 {
  const y = f64x2.add(
    f64x2.mul(f64x2.convert_low_i32x4_u(high), f64x2.splat(4294967296.0)),
    f64x2.convert_low_i32x4_u(low),
  );
  const quotient = f64x2.floor(f64x2.mul(y, f64x2.splat(1.0 / <f64>BC)));
  return f64x2.add(quotient, f64x2.splat(4503599627370496.0));
}

/**
 * @param left, right nodes
 * @returns a bit for each lane, set when the left entry's y may stand beside the right one's
 */
export function matches(k: i32, left: usize, right: usize): i32 {
  const bits = k + 6;
  const lowL = low(left, bits);
  const highL = high(left, bits);
  const lowR = low(right, bits);
  const highR = high(right, bits);
  const estimate = v128.shuffle<u32>(
    quotients(highL, lowL),
    quotients(v128.shuffle<u32>(highL, highL, 2, 3, 2, 3), v128.shuffle<u32>(lowL, lowL, 2, 3, 2, 3)),
    0, 2, 4, 6,
  );
  // the remainder is small, so its low 32 bits are enough to see whether the quotient is one off
  const width = i32x4.splat(BC);
  let a = i32x4.sub(lowL, i32x4.mul(estimate, width));
  const below = i32x4.lt_s(a, i32x4.splat(0));
  const above = i32x4.ge_s(a, width);
  a = i32x4.sub(i32x4.add(a, v128.and(below, width)), v128.and(above, width));
  const group = i32x4.sub(i32x4.add(estimate, below), above);
  // the right one's distance from the start of the next group: below BC exactly when it lies in that group
  const b = i32x4.sub(i32x4.add(a, i32x4.sub(lowR, lowL)), width);
  const borrow = i32x4.lt_u(lowR, lowL);
  let good = v128.and(i32x4.lt_u(b, width), i32x4.eq(i32x4.add(i32x4.sub(highR, highL), borrow), i32x4.splat(0)));
  const rowA = overC(a);
  const rowB = overC(b);
  let m = i32x4.sub(rowB, rowA);
  m = i32x4.add(m, v128.and(i32x4.lt_s(m, i32x4.splat(0)), i32x4.splat(B)));
  good = v128.and(good, i32x4.lt_u(m, i32x4.splat(64)));
  const step = i32x4.add(i32x4.add(m, m), v128.and(group, i32x4.splat(1)));
  const columns = i32x4.sub(
    i32x4.sub(a, i32x4.mul(rowA, i32x4.splat(C))),
    i32x4.sub(b, i32x4.mul(rowB, i32x4.splat(C))),
  );
  const sum = i32x4.add(i32x4.add(columns, i32x4.mul(step, step)), i32x4.splat(C));
  good = v128.and(good, i32x4.eq(sum, i32x4.mul(overC(sum), i32x4.splat(C))));
  return i32x4.bitmask(good);
}

/** Selects the lanes in which the left entry's y is above the right one's. */
export function isAbove(left: usize, right: usize): v128 {
  const left0 = v128.load(left);
  const right0 = v128.load(right);
  const lower = i32x4.gt_u(v128.load(left, VECTOR), v128.load(right, VECTOR));
  return v128.or(i32x4.gt_u(left0, right0), v128.and(i32x4.eq(left0, right0), lower));
}
