/** Bits of a line point relative to its bucket. */
export const REL_BITS = 58;

/** The kernel multiplies wide values in two pieces, cut at this bit. */
const WIDE_LOW_BITS = 18;
const STEP_BITS = 19;
const DIVISION_BITS = 50n;

/**
 * How the line points of a table are cut into buckets of one width, so that a bucket is found with a shift and a
 * multiplication: width = step << shift with step <= 2^19, and (LP >> shift) / step = ((LP >> shift) * inverse) >> 50
 * exactly, because LP >> shift stays below 2^31 (Granlund and Montgomery, "Division by Invariant Integers using
 * Multiplication", 1994, theorem 4.2).
 */
export interface LinePointBuckets {
  readonly buckets: number;
  readonly width: bigint;
  readonly shift: number;
  readonly inverse: bigint;
}

/**
 * @param positions line points are made of two different numbers below it
 * @param buckets at most 4096; the last ones may stay empty
 * @param wide whether the numbers take more than 32 bits
 * @throws RangeError when a bucket would have more than 2^58 line points
 */
export function linePointBuckets(positions: number, buckets: number, wide: boolean): LinePointBuckets {
  if (buckets < 1 || buckets > 4096) throw new RangeError(`${buckets} line point buckets`);
  const count = BigInt(positions);
  const limit = (count * (count - 1n)) / 2n;
  const even = limit / BigInt(buckets) + 1n;
  const shift = Math.max(wide ? WIDE_LOW_BITS : 0, even.toString(2).length - STEP_BITS);
  const step = ((even - 1n) >> BigInt(shift)) + 1n;
  const width = step << BigInt(shift);
  if (width > 1n << BigInt(REL_BITS)) {
    throw new RangeError(`${buckets} line point buckets are too few for ${positions} positions`);
  }
  return { buckets, width, shift, inverse: ((1n << DIVISION_BITS) + step - 1n) / step };
}
