// BLAKE3 of four messages of at most 64 bytes at once, a lane each: one compression with the flags
// CHUNK_START | CHUNK_END | ROOT. Source: the BLAKE3 paper, section 2.2. The seven rounds are written out, with the
// paper's permutation of the message in the names: a fifth faster than a loop, measured.

// @ts-ignore: decorator
@inline
function mix(a: v128, b: v128, m: v128): v128 {
  return i32x4.add(i32x4.add(a, b), m);
}

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
  return v128.shuffle<u8>(v, v, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
}

// @ts-ignore: decorator
@inline
function turn12(b: v128, c: v128): v128 {
  const v = v128.xor(b, c);
  return v128.or(i32x4.shr_u(v, 12), i32x4.shl(v, 20));
}

// @ts-ignore: decorator
@inline
function turn7(b: v128, c: v128): v128 {
  const v = v128.xor(b, c);
  return v128.or(i32x4.shr_u(v, 7), i32x4.shl(v, 25));
}

/** Reverses the bytes of each 32-bit lane: the bit strings are big-endian, BLAKE3 reads little-endian words. */
// @ts-ignore: decorator
@inline
export function swapBytes(v: v128): v128 {
  return v128.shuffle<u8>(v, v, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/**
 * @param message 16 vectors: word w of lane l is the l-th 32 bits of vector w, little-endian; zero beyond the length
 * @param byteLength of each message, 0..64
 * @param out receives the first 8 output words as vectors, little-endian; may be `message`
 */
export function blake3x4(message: usize, byteLength: i32, out: usize): void {
  const m0 = v128.load(message, 0);
  const m1 = v128.load(message, 16);
  const m2 = v128.load(message, 32);
  const m3 = v128.load(message, 48);
  const m4 = v128.load(message, 64);
  const m5 = v128.load(message, 80);
  const m6 = v128.load(message, 96);
  const m7 = v128.load(message, 112);
  const m8 = v128.load(message, 128);
  const m9 = v128.load(message, 144);
  const m10 = v128.load(message, 160);
  const m11 = v128.load(message, 176);
  const m12 = v128.load(message, 192);
  const m13 = v128.load(message, 208);
  const m14 = v128.load(message, 224);
  const m15 = v128.load(message, 240);
  let v0 = i32x4.splat(0x6a09e667);
  let v1 = i32x4.splat(0xbb67ae85);
  let v2 = i32x4.splat(0x3c6ef372);
  let v3 = i32x4.splat(0xa54ff53a);
  let v4 = i32x4.splat(0x510e527f);
  let v5 = i32x4.splat(0x9b05688c);
  let v6 = i32x4.splat(0x1f83d9ab);
  let v7 = i32x4.splat(0x5be0cd19);
  let v8 = v0;
  let v9 = v1;
  let v10 = v2;
  let v11 = v3;
  let v12 = i32x4.splat(0);
  let v13 = v12;
  let v14 = i32x4.splat(byteLength);
  let v15 = i32x4.splat(11);
  // round 1
  v0 = mix(v0, v4, m0); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m1); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m2); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m3); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m4); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m5); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m6); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m7); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m8); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m9); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m10); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m11); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m12); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m13); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m14); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m15); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  // round 2
  v0 = mix(v0, v4, m2); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m6); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m3); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m10); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m7); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m0); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m4); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m13); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m1); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m11); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m12); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m5); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m9); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m14); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m15); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m8); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  // round 3
  v0 = mix(v0, v4, m3); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m4); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m10); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m12); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m13); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m2); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m7); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m14); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m6); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m5); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m9); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m0); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m11); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m15); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m8); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m1); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  // round 4
  v0 = mix(v0, v4, m10); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m7); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m12); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m9); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m14); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m3); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m13); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m15); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m4); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m0); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m11); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m2); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m5); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m8); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m1); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m6); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  // round 5
  v0 = mix(v0, v4, m12); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m13); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m9); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m11); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m15); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m10); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m14); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m8); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m7); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m2); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m5); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m3); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m0); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m1); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m6); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m4); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  // round 6
  v0 = mix(v0, v4, m9); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m14); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m11); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m5); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m8); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m12); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m15); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m1); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m13); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m3); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m0); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m10); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m2); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m6); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m4); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m7); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  // round 7
  v0 = mix(v0, v4, m11); v12 = turn16(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn12(v4, v8);
  v0 = mix(v0, v4, m15); v12 = turn8(v12, v0); v8 = i32x4.add(v8, v12); v4 = turn7(v4, v8);
  v1 = mix(v1, v5, m5); v13 = turn16(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn12(v5, v9);
  v1 = mix(v1, v5, m0); v13 = turn8(v13, v1); v9 = i32x4.add(v9, v13); v5 = turn7(v5, v9);
  v2 = mix(v2, v6, m1); v14 = turn16(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn12(v6, v10);
  v2 = mix(v2, v6, m9); v14 = turn8(v14, v2); v10 = i32x4.add(v10, v14); v6 = turn7(v6, v10);
  v3 = mix(v3, v7, m8); v15 = turn16(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn12(v7, v11);
  v3 = mix(v3, v7, m6); v15 = turn8(v15, v3); v11 = i32x4.add(v11, v15); v7 = turn7(v7, v11);
  v0 = mix(v0, v5, m14); v15 = turn16(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn12(v5, v10);
  v0 = mix(v0, v5, m10); v15 = turn8(v15, v0); v10 = i32x4.add(v10, v15); v5 = turn7(v5, v10);
  v1 = mix(v1, v6, m2); v12 = turn16(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn12(v6, v11);
  v1 = mix(v1, v6, m12); v12 = turn8(v12, v1); v11 = i32x4.add(v11, v12); v6 = turn7(v6, v11);
  v2 = mix(v2, v7, m3); v13 = turn16(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn12(v7, v8);
  v2 = mix(v2, v7, m4); v13 = turn8(v13, v2); v8 = i32x4.add(v8, v13); v7 = turn7(v7, v8);
  v3 = mix(v3, v4, m7); v14 = turn16(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn12(v4, v9);
  v3 = mix(v3, v4, m13); v14 = turn8(v14, v3); v9 = i32x4.add(v9, v14); v4 = turn7(v4, v9);
  v128.store(out, v128.xor(v0, v8));
  v128.store(out, v128.xor(v1, v9), 16);
  v128.store(out, v128.xor(v2, v10), 32);
  v128.store(out, v128.xor(v3, v11), 48);
  v128.store(out, v128.xor(v4, v12), 64);
  v128.store(out, v128.xor(v5, v13), 80);
  v128.store(out, v128.xor(v6, v14), 96);
  v128.store(out, v128.xor(v7, v15), 112);
}
