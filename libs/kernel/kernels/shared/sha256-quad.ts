// SHA-256 of four messages at once: lane i of every vector belongs to message i. Source: FIPS 180-4 section 6.2, with
// its names for the functions. Words are in lanes as numbers, so who lays messages out turns their bytes around.

/** Bytes of a state, 8 words, for four messages: word w of all four is the vector at 16 w. */
export const QUAD_STATE_BYTES: i32 = 8 * 16;
/** Bytes of a block's schedule, 64 words, for four messages. */
export const QUAD_WORDS_BYTES: i32 = 64 * 16;

/** Cube roots of the first primes, the first 32 bits of the fraction. */
const K: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
  0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
  0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
/** Square roots of them. */
const INITIAL: usize = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

/** That of the block that pads a message of 64 bytes, with the constants added: it is the same for every message. */
const PADDING: usize = memory.data(1024, 16);

// @ts-ignore: decorator
@inline
function add(a: v128, b: v128): v128 {
  return i32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function xor(a: v128, b: v128): v128 {
  return v128.xor(a, b);
}

// @ts-ignore: decorator
@inline
function rotr(a: v128, bits: i32): v128 {
  return v128.or(i32x4.shr_u(a, bits), i32x4.shl(a, 32 - bits));
}

// @ts-ignore: decorator
@inline
function sum0(a: v128): v128 {
  return xor(xor(rotr(a, 2), rotr(a, 13)), rotr(a, 22));
}

// @ts-ignore: decorator
@inline
function sum1(e: v128): v128 {
  return xor(xor(rotr(e, 6), rotr(e, 11)), rotr(e, 25));
}

// @ts-ignore: decorator
@inline
function sigma0(w: v128): v128 {
  return xor(xor(rotr(w, 7), rotr(w, 18)), i32x4.shr_u(w, 3));
}

// @ts-ignore: decorator
@inline
function sigma1(w: v128): v128 {
  return xor(xor(rotr(w, 17), rotr(w, 19)), i32x4.shr_u(w, 10));
}

// @ts-ignore: decorator
@inline
function choose(e: v128, f: v128, g: v128): v128 {
  return xor(v128.and(xor(f, g), e), g);
}

// @ts-ignore: decorator
@inline
function word(words: usize, index: i32): v128 {
  return v128.load(words + (index << 4));
}

/** The schedule of four blocks from the first 16 words on. */
// @ts-ignore: decorator
@inline
function expand(words: usize): void {
  for (let t = 16; t < 64; t++) {
    const near = add(sigma1(word(words, t - 2)), word(words, t - 7));
    const far = add(sigma0(word(words, t - 15)), word(words, t - 16));
    v128.store(words + (t << 4), add(near, far));
  }
}

// @ts-ignore: decorator
@inline
function scheduled(words: usize, index: i32, withConstants: bool): v128 {
  const own = word(words, index);
  return withConstants ? own : add(own, v128.load32_splat(K + (index << 2)));
}

/** 64 rounds of four states. */
// @ts-ignore: decorator
@inline
function rounds(state: usize, words: usize, withConstants: bool): void {
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  let f = word(state, 5);
  let g = word(state, 6);
  let h = word(state, 7);
  let t: v128;
  // majority(a, b, c) is b unless a and c both differ from it; a ^ b of a round is b ^ c of the next
  let ab: v128;
  let bc = xor(b, c);
  for (let round = 0; round < 64; round += 8) {
    t = add(add(h, scheduled(words, round + 0, withConstants)), add(sum1(e), choose(e, f, g)));
    ab = xor(a, b);
    d = add(d, t);
    h = add(add(t, sum0(a)), xor(v128.and(ab, bc), b));
    t = add(add(g, scheduled(words, round + 1, withConstants)), add(sum1(d), choose(d, e, f)));
    bc = xor(h, a);
    c = add(c, t);
    g = add(add(t, sum0(h)), xor(v128.and(bc, ab), a));
    t = add(add(f, scheduled(words, round + 2, withConstants)), add(sum1(c), choose(c, d, e)));
    ab = xor(g, h);
    b = add(b, t);
    f = add(add(t, sum0(g)), xor(v128.and(ab, bc), h));
    t = add(add(e, scheduled(words, round + 3, withConstants)), add(sum1(b), choose(b, c, d)));
    bc = xor(f, g);
    a = add(a, t);
    e = add(add(t, sum0(f)), xor(v128.and(bc, ab), g));
    t = add(add(d, scheduled(words, round + 4, withConstants)), add(sum1(a), choose(a, b, c)));
    ab = xor(e, f);
    h = add(h, t);
    d = add(add(t, sum0(e)), xor(v128.and(ab, bc), f));
    t = add(add(c, scheduled(words, round + 5, withConstants)), add(sum1(h), choose(h, a, b)));
    bc = xor(d, e);
    g = add(g, t);
    c = add(add(t, sum0(d)), xor(v128.and(bc, ab), e));
    t = add(add(b, scheduled(words, round + 6, withConstants)), add(sum1(g), choose(g, h, a)));
    ab = xor(c, d);
    f = add(f, t);
    b = add(add(t, sum0(c)), xor(v128.and(ab, bc), d));
    t = add(add(a, scheduled(words, round + 7, withConstants)), add(sum1(f), choose(f, g, h)));
    bc = xor(b, c);
    e = add(e, t);
    a = add(add(t, sum0(b)), xor(v128.and(bc, ab), c));
  }
  v128.store(state, add(a, word(state, 0)));
  v128.store(state + 16, add(b, word(state, 1)));
  v128.store(state + 32, add(c, word(state, 2)));
  v128.store(state + 48, add(d, word(state, 3)));
  v128.store(state + 64, add(e, word(state, 4)));
  v128.store(state + 80, add(f, word(state, 5)));
  v128.store(state + 96, add(g, word(state, 6)));
  v128.store(state + 112, add(h, word(state, 7)));
}

/** Makes the schedule of the padding. To be called once before sha256Quad64. */
export function prepareQuad64(): void {
  memory.fill(PADDING, 0, QUAD_WORDS_BYTES);
  v128.store(PADDING, i32x4.splat(0x80000000));
  v128.store(PADDING + 15 * 16, i32x4.splat(64 * 8));
  expand(PADDING);
  for (let t = 0; t < 64; t++) {
    v128.store(PADDING + (t << 4), add(word(PADDING, t), v128.load32_splat(K + (t << 2))));
  }
}

/**
 * SHA-256 of four messages of 64 bytes each.
 *
 * @param words QUAD_WORDS_BYTES: word w of the four messages, big-endian in them, at 16 w, these 16 are kept
 * @param state receives the four digests, QUAD_STATE_BYTES, in the same form
 */
export function sha256Quad64(words: usize, state: usize): void {
  for (let index = 0; index < 8; index++) {
    v128.store(state + (index << 4), v128.load32_splat(INITIAL + (index << 2)));
  }
  expand(words);
  rounds(state, words, false);
  rounds(state, PADDING, true);
}
