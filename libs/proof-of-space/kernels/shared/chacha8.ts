// ChaCha8 (4 double rounds, 256-bit key, zero nonce, 64-bit block counter), four blocks at once, a lane each. Source:
// D. J. Bernstein, "ChaCha, a variant of Salsa20"; chiapos `chacha8.c`.

import { swapBytes } from './blake3';

/** Block numbers of the four lanes: their low halves, then their high halves. */
const run = memory.data(32, 16);
/** The four blocks of `chacha8Blocks4` before they are put one after another. */
const lanes = memory.data(256, 16);

// @ts-ignore: decorator
@inline
function turn16(d: v128, a: v128): v128 {
  const v = v128.xor(d, a);
  return v128.shuffle<u8>(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}

// @ts-ignore: decorator
@inline
function turn8(d: v128, a: v128): v128 {
  const v = v128.xor(d, a);
  return v128.shuffle<u8>(v, v, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
}

// @ts-ignore: decorator
@inline
function turn12(b: v128, c: v128): v128 {
  const v = v128.xor(b, c);
  return v128.or(i32x4.shl(v, 12), i32x4.shr_u(v, 20));
}

// @ts-ignore: decorator
@inline
function turn7(b: v128, c: v128): v128 {
  const v = v128.xor(b, c);
  return v128.or(i32x4.shl(v, 7), i32x4.shr_u(v, 25));
}

// @ts-ignore: decorator
@inline
function put(out: usize, word: v128, swapped: bool): void {
  v128.store(out, swapped ? swapBytes(word) : word);
}

// @ts-ignore: decorator
@inline
function blocks(key: usize, counters: usize, out: usize, swapped: bool): void {
  let v0 = i32x4.splat(0x61707865);
  let v1 = i32x4.splat(0x3320646e);
  let v2 = i32x4.splat(0x79622d32);
  let v3 = i32x4.splat(0x6b206574);
  let v4 = v128.load32_splat(key, 0);
  let v5 = v128.load32_splat(key, 4);
  let v6 = v128.load32_splat(key, 8);
  let v7 = v128.load32_splat(key, 12);
  let v8 = v128.load32_splat(key, 16);
  let v9 = v128.load32_splat(key, 20);
  let v10 = v128.load32_splat(key, 24);
  let v11 = v128.load32_splat(key, 28);
  let v12 = v128.load(counters);
  let v13 = v128.load(counters, 16);
  let v14 = i32x4.splat(0);
  let v15 = i32x4.splat(0);
  for (let round = 0; round < 4; round++) {
    // columns
    v0 = i32x4.add(v0, v4); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
    v0 = i32x4.add(v0, v4); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
    v1 = i32x4.add(v1, v5); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
    v1 = i32x4.add(v1, v5); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
    v2 = i32x4.add(v2, v6); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
    v2 = i32x4.add(v2, v6); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
    v3 = i32x4.add(v3, v7); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
    v3 = i32x4.add(v3, v7); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
    // diagonals
    v0 = i32x4.add(v0, v5); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
    v0 = i32x4.add(v0, v5); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
    v1 = i32x4.add(v1, v6); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
    v1 = i32x4.add(v1, v6); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
    v2 = i32x4.add(v2, v7); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
    v2 = i32x4.add(v2, v7); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
    v3 = i32x4.add(v3, v4); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
    v3 = i32x4.add(v3, v4); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  }
  put(out, i32x4.add(v0, i32x4.splat(0x61707865)), swapped);
  put(out + 16, i32x4.add(v1, i32x4.splat(0x3320646e)), swapped);
  put(out + 32, i32x4.add(v2, i32x4.splat(0x79622d32)), swapped);
  put(out + 48, i32x4.add(v3, i32x4.splat(0x6b206574)), swapped);
  put(out + 64, i32x4.add(v4, v128.load32_splat(key, 0)), swapped);
  put(out + 80, i32x4.add(v5, v128.load32_splat(key, 4)), swapped);
  put(out + 96, i32x4.add(v6, v128.load32_splat(key, 8)), swapped);
  put(out + 112, i32x4.add(v7, v128.load32_splat(key, 12)), swapped);
  put(out + 128, i32x4.add(v8, v128.load32_splat(key, 16)), swapped);
  put(out + 144, i32x4.add(v9, v128.load32_splat(key, 20)), swapped);
  put(out + 160, i32x4.add(v10, v128.load32_splat(key, 24)), swapped);
  put(out + 176, i32x4.add(v11, v128.load32_splat(key, 28)), swapped);
  put(out + 192, i32x4.add(v12, v128.load(counters, 0)), swapped);
  put(out + 208, i32x4.add(v13, v128.load(counters, 16)), swapped);
  put(out + 224, v14, swapped);
  put(out + 240, v15, swapped);
}

/**
 * Four blocks of key stream, anywhere in it.
 *
 * @param key 8 little-endian words
 * @param counters 8 words: the low halves of the four lanes' block numbers, then the high halves
 * @param out receives 16 vectors: word w of lane l is the l-th 32 bits of vector w, read as a big-endian number, so
 *   that a bit string can be cut from neighbouring words
 */
export function chacha8x4(key: usize, counters: usize, out: usize): void {
  blocks(key, counters, out, true);
}

/** Puts words w..w+3 of the four blocks where each block has them. */
// @ts-ignore: decorator
@inline
function transpose(from: usize, out: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.load(from, 32);
  const d = v128.load(from, 48);
  const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
  v128.store(out, v128.shuffle<u64>(ab, cd, 0, 2));
  v128.store(out, v128.shuffle<u64>(ab, cd, 1, 3), 64);
  const abHigh = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<u64>(abHigh, cdHigh, 0, 2), 128);
  v128.store(out, v128.shuffle<u64>(abHigh, cdHigh, 1, 3), 192);
}

/**
 * Four blocks of key stream from block `counter` on.
 *
 * @param key 8 little-endian words
 * @param out receives 256 bytes, the blocks one after another
 */
export function chacha8Blocks4(key: usize, counter: u64, out: usize): void {
  for (let lane: u32 = 0; lane < 4; lane++) {
    store<u32>(run + (<usize>lane << 2), <u32>(counter + lane));
    store<u32>(run + (<usize>lane << 2), <u32>((counter + lane) >> 32), 16);
  }
  blocks(key, run, lanes, false);
  transpose(lanes, out);
  transpose(lanes + 64, out + 16);
  transpose(lanes + 128, out + 32);
  transpose(lanes + 192, out + 48);
}
