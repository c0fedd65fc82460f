/** Bit strings held in big-endian 32-bit words, left aligned: bit 0 is the top bit of word 0. */

/** The number of words that hold `bits` bits. */
export function wordsFor(bits: number): number {
  return (bits + 31) >>> 5;
}

/** Reverses the bytes of a 32-bit word. */
export function swap32(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/**
 * ORs `words` words of `src` from word `srcWord` into `dst` from bit `dstBit`. Unused low bits of the source must
 * be zero. Writes one word past the last only when the shifted string reaches into it.
 */
export function orBits(
  dst: Uint32Array,
  dstBit: number,
  src: Uint32Array,
  srcWord: number,
  words: number,
): void {
  const shift = dstBit & 31;
  let at = dstBit >>> 5;
  if (shift === 0) {
    for (let i = 0; i < words; i++) dst[at + i]! |= src[srcWord + i]!;
    return;
  }
  for (let i = 0; i < words; i++, at++) {
    const word = src[srcWord + i]!;
    dst[at]! |= word >>> shift;
    const rest = word << (32 - shift);
    if (rest !== 0) dst[at + 1]! |= rest;
  }
}

/** Copies `bits` bits of `src` from bit `srcBit` to `dst` from word `dstWord`; the bits left over are zeroed. */
export function sliceBits(
  dst: Uint32Array,
  dstWord: number,
  src: Uint32Array,
  srcBit: number,
  bits: number,
): void {
  const shift = srcBit & 31;
  const at = srcBit >>> 5;
  const words = (bits + 31) >>> 5;
  for (let i = 0; i < words; i++) {
    let word = src[at + i]! << shift;
    if (shift !== 0 && at + i + 1 < src.length) word |= src[at + i + 1]! >>> (32 - shift);
    dst[dstWord + i] = word;
  }
  const spare = (words << 5) - bits;
  if (spare !== 0) dst[dstWord + words - 1] = (dst[dstWord + words - 1]! >>> spare) << spare;
}

/** The first `bits` bits (up to 53) of the left aligned string at word `at`, as a number. */
export function leadingNumber(src: Uint32Array, at: number, bits: number): number {
  if (bits <= 32) return src[at]! >>> (32 - bits);
  return src[at]! * 2 ** (bits - 32) + (src[at + 1]! >>> (64 - bits));
}

/** Reads bytes into big-endian words; the last word is zero padded. `dst` must hold them. */
export function bytesToWords(dst: Uint32Array, bytes: Uint8Array): void {
  const words = (bytes.length + 3) >>> 2;
  for (let i = 0; i < words; i++) {
    const at = i << 2;
    dst[i] =
      (bytes[at]! << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  }
}

/** Writes the first `count` bytes of big-endian words to `dst` from `at`. */
export function wordsToBytes(dst: Uint8Array, at: number, words: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) dst[at + i] = words[i >>> 2]! >>> (24 - ((i & 3) << 3));
}
