// f2..f7 on four pairs at once. Source: chiapos `FxCalculator::CalculateBucket`.

import { blake3x4, swapBytes } from '../shared/blake3';
import { append, leadingMask, slice, VECTOR, wordsFor } from '../shared/lane-bits';
import { META } from './nodes';

/** 16 words and one beyond; after hashing not needed any more. */
const message = memory.data(18 * 16, 16);
/** 8 words and one beyond. */
const hash = memory.data(9 * 16, 16);

/** Metadata of tables 1..7 in multiples of k. */
// @ts-ignore: decorator
@inline
function multiples(table: u32): u32 {
  return table == 1 ? 1 : table == 2 ? 2 : table == 3 ? 4 : table == 4 ? 4 : table == 5 ? 3 : table == 6 ? 2 : 0;
}

/**
 * Makes a node of a table from the nodes of its left and right entries.
 *
 * @param table 2..7
 * @param out may be `left` or `right`
 */
export function combine(k: u32, table: u32, left: usize, right: usize, out: usize): void {
  const yBits = k + 6;
  const inBits = k * multiples(table - 1);
  const outBits = k * multiples(table);
  const inWords = wordsFor(inBits);
  const bits = yBits + 2 * inBits;
  v128.store(message, v128.load(left));
  v128.store(message, v128.load(left, VECTOR), VECTOR);
  append(message, yBits, left + META, inWords);
  append(message, yBits + inBits, right + META, inWords);
  if (table < 4) slice(out + META, message, yBits, outBits);
  const end = message + <usize>wordsFor(bits) * VECTOR;
  for (let at = message; at < end; at += VECTOR) v128.store(at, swapBytes(v128.load(at)));
  for (let at = end; at < message + 16 * VECTOR; at += VECTOR) v128.store(at, i32x4.splat(0));
  blake3x4(message, (bits + 7) >> 3, hash);
  for (let at = hash; at < hash + 8 * VECTOR; at += VECTOR) v128.store(at, swapBytes(v128.load(at)));
  const mask0 = yBits < 32 ? leadingMask(yBits) : <u32>-1;
  const mask1 = yBits > 32 ? leadingMask(yBits - 32) : 0;
  v128.store(out, v128.and(v128.load(hash), i32x4.splat(mask0)));
  v128.store(out, v128.and(v128.load(hash, VECTOR), i32x4.splat(mask1)), VECTOR);
  if (table > 3 && table < 7) slice(out + META, hash, yBits, outBits);
}
