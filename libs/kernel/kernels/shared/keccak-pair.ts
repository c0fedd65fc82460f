// Keccak-f[1600] of two messages at once: lane 0 of every vector belongs to the first, lane 1 to the second.
// Source: FIPS 202 section 3.2, with theta, rho and pi in the names; a state of 25 vectors written out, because a loop
// over an array in memory costs three times as much.

/** Words of a state that one block takes up (the rate of Keccak-256: 136 bytes). */
export const RATE_WORDS: i32 = 17;
/** Words of a state. */
const STATE_WORDS: i32 = 25;
/** Bytes of a state, or a first block, for two messages: word w of both is the vector at 16 w. */
export const PAIR_STATE_BYTES: i32 = STATE_WORDS * 16;

const STATE: usize = memory.data(400);

const ROUND_CONSTANTS: usize = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
  0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
  0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);

// @ts-ignore: decorator
@inline
function xor(a: v128, b: v128): v128 {
  return v128.xor(a, b);
}

/** a and not b. */
// @ts-ignore: decorator
@inline
function andnot(a: v128, b: v128): v128 {
  return v128.andnot(a, b);
}

// @ts-ignore: decorator
@inline
function rotl(a: v128, bits: i32): v128 {
  return v128.or(i64x2.shl(a, bits), i64x2.shr_u(a, 64 - bits));
}

// @ts-ignore: decorator
@inline
function word(block: usize, index: i32): v128 {
  return v128.load(block + (index << 4));
}

/** Keccak-f of both states at `from`, PAIR_STATE_BYTES, into those at `to`; the two may be the same. */
export function permutePair(from: usize, to: usize): void {
  let a0 = word(from, 0);
  let a1 = word(from, 1);
  let a2 = word(from, 2);
  let a3 = word(from, 3);
  let a4 = word(from, 4);
  let a5 = word(from, 5);
  let a6 = word(from, 6);
  let a7 = word(from, 7);
  let a8 = word(from, 8);
  let a9 = word(from, 9);
  let a10 = word(from, 10);
  let a11 = word(from, 11);
  let a12 = word(from, 12);
  let a13 = word(from, 13);
  let a14 = word(from, 14);
  let a15 = word(from, 15);
  let a16 = word(from, 16);
  let a17 = word(from, 17);
  let a18 = word(from, 18);
  let a19 = word(from, 19);
  let a20 = word(from, 20);
  let a21 = word(from, 21);
  let a22 = word(from, 22);
  let a23 = word(from, 23);
  let a24 = word(from, 24);
  for (let round = 0; round < 24; round++) {
    const c0 = xor(xor(xor(a0, a5), xor(a10, a15)), a20);
    const c1 = xor(xor(xor(a1, a6), xor(a11, a16)), a21);
    const c2 = xor(xor(xor(a2, a7), xor(a12, a17)), a22);
    const c3 = xor(xor(xor(a3, a8), xor(a13, a18)), a23);
    const c4 = xor(xor(xor(a4, a9), xor(a14, a19)), a24);
    const d0 = xor(c4, rotl(c1, 1));
    const d1 = xor(c0, rotl(c2, 1));
    const d2 = xor(c1, rotl(c3, 1));
    const d3 = xor(c2, rotl(c4, 1));
    const d4 = xor(c3, rotl(c0, 1));
    const b0 = xor(a0, d0);
    const b1 = rotl(xor(a6, d1), 44);
    const b2 = rotl(xor(a12, d2), 43);
    const b3 = rotl(xor(a18, d3), 21);
    const b4 = rotl(xor(a24, d4), 14);
    const b5 = rotl(xor(a3, d3), 28);
    const b6 = rotl(xor(a9, d4), 20);
    const b7 = rotl(xor(a10, d0), 3);
    const b8 = rotl(xor(a16, d1), 45);
    const b9 = rotl(xor(a22, d2), 61);
    const b10 = rotl(xor(a1, d1), 1);
    const b11 = rotl(xor(a7, d2), 6);
    const b12 = rotl(xor(a13, d3), 25);
    const b13 = rotl(xor(a19, d4), 8);
    const b14 = rotl(xor(a20, d0), 18);
    const b15 = rotl(xor(a4, d4), 27);
    const b16 = rotl(xor(a5, d0), 36);
    const b17 = rotl(xor(a11, d1), 10);
    const b18 = rotl(xor(a17, d2), 15);
    const b19 = rotl(xor(a23, d3), 56);
    const b20 = rotl(xor(a2, d2), 62);
    const b21 = rotl(xor(a8, d3), 55);
    const b22 = rotl(xor(a14, d4), 39);
    const b23 = rotl(xor(a15, d0), 41);
    const b24 = rotl(xor(a21, d1), 2);
    a0 = xor(xor(b0, andnot(b2, b1)), v128.load64_splat(ROUND_CONSTANTS + (round << 3)));
    a1 = xor(b1, andnot(b3, b2));
    a2 = xor(b2, andnot(b4, b3));
    a3 = xor(b3, andnot(b0, b4));
    a4 = xor(b4, andnot(b1, b0));
    a5 = xor(b5, andnot(b7, b6));
    a6 = xor(b6, andnot(b8, b7));
    a7 = xor(b7, andnot(b9, b8));
    a8 = xor(b8, andnot(b5, b9));
    a9 = xor(b9, andnot(b6, b5));
    a10 = xor(b10, andnot(b12, b11));
    a11 = xor(b11, andnot(b13, b12));
    a12 = xor(b12, andnot(b14, b13));
    a13 = xor(b13, andnot(b10, b14));
    a14 = xor(b14, andnot(b11, b10));
    a15 = xor(b15, andnot(b17, b16));
    a16 = xor(b16, andnot(b18, b17));
    a17 = xor(b17, andnot(b19, b18));
    a18 = xor(b18, andnot(b15, b19));
    a19 = xor(b19, andnot(b16, b15));
    a20 = xor(b20, andnot(b22, b21));
    a21 = xor(b21, andnot(b23, b22));
    a22 = xor(b22, andnot(b24, b23));
    a23 = xor(b23, andnot(b20, b24));
    a24 = xor(b24, andnot(b21, b20));
  }
  v128.store(to + 0, a0);
  v128.store(to + 16, a1);
  v128.store(to + 32, a2);
  v128.store(to + 48, a3);
  v128.store(to + 64, a4);
  v128.store(to + 80, a5);
  v128.store(to + 96, a6);
  v128.store(to + 112, a7);
  v128.store(to + 128, a8);
  v128.store(to + 144, a9);
  v128.store(to + 160, a10);
  v128.store(to + 176, a11);
  v128.store(to + 192, a12);
  v128.store(to + 208, a13);
  v128.store(to + 224, a14);
  v128.store(to + 240, a15);
  v128.store(to + 256, a16);
  v128.store(to + 272, a17);
  v128.store(to + 288, a18);
  v128.store(to + 304, a19);
  v128.store(to + 320, a20);
  v128.store(to + 336, a21);
  v128.store(to + 352, a22);
  v128.store(to + 368, a23);
  v128.store(to + 384, a24);
}

/** Puts the digests of two states where they are wanted, 32 bytes each. */
export function digestPair(state: usize, out: usize, out2: usize): void {
  for (let at: usize = 0; at < 32; at += 16) {
    const a = v128.load(state + 2 * at);
    const b = v128.load(state + 2 * at + 16);
    v128.store(out + at, i64x2.shuffle(a, b, 0, 2));
    v128.store(out2 + at, i64x2.shuffle(a, b, 1, 3));
  }
}

/** Puts `words` words, an even number, of two messages side by side. */
// @ts-ignore: decorator
@inline
export function weavePair(to: usize, first: usize, second: usize, words: i32): void {
  for (let index = 0; index < words; index += 2) {
    const a = v128.load(first + (index << 3));
    const b = v128.load(second + (index << 3));
    v128.store(to + (index << 4), i64x2.shuffle(a, b, 0, 2));
    v128.store(to + (index << 4) + 16, i64x2.shuffle(a, b, 1, 3));
  }
}

/** Empties a block for two messages and pads it after `words` whole words. */
export function preparePair(block: usize, words: i32): void {
  memory.fill(block, 0, PAIR_STATE_BYTES);
  v128.store(block + (words << 4), i64x2.splat(1));
  // after sixteen words both ends of the padding are in the same one
  const last = block + ((RATE_WORDS - 1) << 4);
  v128.store(last, v128.or(v128.load(last), i64x2.splat(0x8000000000000000)));
}

/**
 * Keccak-256 of two messages that fit a block each.
 *
 * @param block PAIR_STATE_BYTES, kept: both messages with their padding (0x01 after the message, 0x80 in byte 135),
 * then zeroes
 * @param out receives the digest of the first message
 * @param out2 receives the digest of the second; may be `out + 32`
 */
export function keccakPair(block: usize, out: usize, out2: usize): void {
  permutePair(block, STATE);
  digestPair(STATE, out, out2);
}
