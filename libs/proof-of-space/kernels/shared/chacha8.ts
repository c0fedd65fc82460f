// ChaCha8 (4 double rounds, 256-bit key, zero nonce, 64-bit block counter), four blocks at once, a lane each. Source:
// D. J. Bernstein, "ChaCha, a variant of Salsa20"; chiapos `chacha8.c`.

const counters = memory.data(32, 16);

// @ts-ignore: decorator
@inline
function turn(d: v128, a: v128, bits: i32): v128 {
  const v = v128.xor(d, a);
  return v128.or(i32x4.shl(v, bits), i32x4.shr_u(v, 32 - bits));
}

/** Stores the four lanes of a word where each block has it. */
// @ts-ignore: decorator
@inline
function scatter(out: usize, v: v128): void {
  store<u32>(out, i32x4.extract_lane(v, 0));
  store<u32>(out, i32x4.extract_lane(v, 1), 64);
  store<u32>(out, i32x4.extract_lane(v, 2), 128);
  store<u32>(out, i32x4.extract_lane(v, 3), 192);
}

/**
 * Four blocks of key stream from block `counter` on.
 *
 * @param key 8 little-endian words
 * @param out receives 256 bytes
 */
export function chacha8Blocks4(key: usize, counter: u64, out: usize): void {
  for (let lane: u32 = 0; lane < 4; lane++) {
    store<u32>(counters + (<usize>lane << 2), <u32>(counter + lane));
    store<u32>(counters + (<usize>lane << 2), <u32>((counter + lane) >> 32), 16);
  }
  let v0 = i32x4.splat(0x61707865);
  let v1 = i32x4.splat(0x3320646e);
  let v2 = i32x4.splat(0x79622d32);
  let v3 = i32x4.splat(0x6b206574);
  let v4 = i32x4.splat(load<u32>(key, 0));
  let v5 = i32x4.splat(load<u32>(key, 4));
  let v6 = i32x4.splat(load<u32>(key, 8));
  let v7 = i32x4.splat(load<u32>(key, 12));
  let v8 = i32x4.splat(load<u32>(key, 16));
  let v9 = i32x4.splat(load<u32>(key, 20));
  let v10 = i32x4.splat(load<u32>(key, 24));
  let v11 = i32x4.splat(load<u32>(key, 28));
  let v12 = v128.load(counters);
  let v13 = v128.load(counters, 16);
  let v14 = i32x4.splat(0);
  let v15 = i32x4.splat(0);
  for (let round = 0; round < 4; round++) {
    // columns
    v0 = i32x4.add(v0, v4); v12 = turn(v12, v0, 16); v8 = i32x4.add(v8, v12); v4 = turn(v4, v8, 12);
    v0 = i32x4.add(v0, v4); v12 = turn(v12, v0, 8); v8 = i32x4.add(v8, v12); v4 = turn(v4, v8, 7);
    v1 = i32x4.add(v1, v5); v13 = turn(v13, v1, 16); v9 = i32x4.add(v9, v13); v5 = turn(v5, v9, 12);
    v1 = i32x4.add(v1, v5); v13 = turn(v13, v1, 8); v9 = i32x4.add(v9, v13); v5 = turn(v5, v9, 7);
    v2 = i32x4.add(v2, v6); v14 = turn(v14, v2, 16); v10 = i32x4.add(v10, v14); v6 = turn(v6, v10, 12);
    v2 = i32x4.add(v2, v6); v14 = turn(v14, v2, 8); v10 = i32x4.add(v10, v14); v6 = turn(v6, v10, 7);
    v3 = i32x4.add(v3, v7); v15 = turn(v15, v3, 16); v11 = i32x4.add(v11, v15); v7 = turn(v7, v11, 12);
    v3 = i32x4.add(v3, v7); v15 = turn(v15, v3, 8); v11 = i32x4.add(v11, v15); v7 = turn(v7, v11, 7);
    // diagonals
    v0 = i32x4.add(v0, v5); v15 = turn(v15, v0, 16); v10 = i32x4.add(v10, v15); v5 = turn(v5, v10, 12);
    v0 = i32x4.add(v0, v5); v15 = turn(v15, v0, 8); v10 = i32x4.add(v10, v15); v5 = turn(v5, v10, 7);
    v1 = i32x4.add(v1, v6); v12 = turn(v12, v1, 16); v11 = i32x4.add(v11, v12); v6 = turn(v6, v11, 12);
    v1 = i32x4.add(v1, v6); v12 = turn(v12, v1, 8); v11 = i32x4.add(v11, v12); v6 = turn(v6, v11, 7);
    v2 = i32x4.add(v2, v7); v13 = turn(v13, v2, 16); v8 = i32x4.add(v8, v13); v7 = turn(v7, v8, 12);
    v2 = i32x4.add(v2, v7); v13 = turn(v13, v2, 8); v8 = i32x4.add(v8, v13); v7 = turn(v7, v8, 7);
    v3 = i32x4.add(v3, v4); v14 = turn(v14, v3, 16); v9 = i32x4.add(v9, v14); v4 = turn(v4, v9, 12);
    v3 = i32x4.add(v3, v4); v14 = turn(v14, v3, 8); v9 = i32x4.add(v9, v14); v4 = turn(v4, v9, 7);
  }
  scatter(out, i32x4.add(v0, i32x4.splat(0x61707865)));
  scatter(out + 4, i32x4.add(v1, i32x4.splat(0x3320646e)));
  scatter(out + 8, i32x4.add(v2, i32x4.splat(0x79622d32)));
  scatter(out + 12, i32x4.add(v3, i32x4.splat(0x6b206574)));
  scatter(out + 16, i32x4.add(v4, i32x4.splat(load<u32>(key, 0))));
  scatter(out + 20, i32x4.add(v5, i32x4.splat(load<u32>(key, 4))));
  scatter(out + 24, i32x4.add(v6, i32x4.splat(load<u32>(key, 8))));
  scatter(out + 28, i32x4.add(v7, i32x4.splat(load<u32>(key, 12))));
  scatter(out + 32, i32x4.add(v8, i32x4.splat(load<u32>(key, 16))));
  scatter(out + 36, i32x4.add(v9, i32x4.splat(load<u32>(key, 20))));
  scatter(out + 40, i32x4.add(v10, i32x4.splat(load<u32>(key, 24))));
  scatter(out + 44, i32x4.add(v11, i32x4.splat(load<u32>(key, 28))));
  scatter(out + 48, i32x4.add(v12, v128.load(counters)));
  scatter(out + 52, i32x4.add(v13, v128.load(counters, 16)));
  scatter(out + 56, v14);
  scatter(out + 60, v15);
}
