// Bit strings in four lanes: word w of lane l is the l-th 32 bits of vector w, left aligned, the top bit first. All
// lanes are shifted alike.

/** Bytes of a vector, which holds one word of each lane. */
export const VECTOR: usize = 16;

/** The number of words that hold `bits` bits. */
// @ts-ignore: decorator
@inline
export function wordsFor(bits: u32): u32 {
  return (bits + 31) >> 5;
}

/** A word whose first `bits` bits are set, 0..32. */
// @ts-ignore: decorator
@inline
export function leadingMask(bits: u32): u32 {
  return bits == 0 ? 0 : <u32>-1 << (32 - bits);
}

/**
 * Appends `words` words to a string of `at` bits, and writes the word after their last. Bits of `from` beyond its
 * length must be zero, as must those of the string's last word.
 */
// @ts-ignore: decorator
@inline
export function append(string: usize, at: u32, from: usize, words: u32): void {
  const shift = <i32>(at & 31);
  let to = string + <usize>(at >> 5) * VECTOR;
  const end = from + <usize>words * VECTOR;
  if (shift == 0) {
    for (; from < end; from += VECTOR, to += VECTOR) v128.store(to, v128.load(from));
    v128.store(to, i32x4.splat(0));
    return;
  }
  let rest = v128.load(to);
  for (; from < end; from += VECTOR, to += VECTOR) {
    const word = v128.load(from);
    v128.store(to, v128.or(rest, i32x4.shr_u(word, shift)));
    rest = i32x4.shl(word, 32 - shift);
  }
  v128.store(to, rest);
}

/** Copies `bits` bits from bit `at` on; the last word is filled with zeros. Reads up to one word beyond them. */
// @ts-ignore: decorator
@inline
export function slice(to: usize, string: usize, at: u32, bits: u32): void {
  const shift = <i32>(at & 31);
  let from = string + <usize>(at >> 5) * VECTOR;
  const end = to + <usize>wordsFor(bits) * VECTOR;
  if (shift == 0) {
    for (; to < end; from += VECTOR, to += VECTOR) v128.store(to, v128.load(from));
  } else {
    let word = v128.load(from);
    for (; to < end; to += VECTOR) {
      from += VECTOR;
      const next = v128.load(from);
      v128.store(to, v128.or(i32x4.shl(word, shift), i32x4.shr_u(next, 32 - shift)));
      word = next;
    }
  }
  if (bits & 31) {
    const last = end - VECTOR;
    v128.store(last, v128.and(v128.load(last), i32x4.splat(leadingMask(bits & 31))));
  }
}
