// The x values of a proof and f1 on them. Source: chiapos `Verifier::ValidateProof`, `F1Calculator::CalculateF`.

import { VECTOR } from '../shared/lane-bits';
import { chacha8x4 } from '../shared/chacha8';
import { META, NODE, nodes } from './nodes';
import { matches } from './match';

export const X_VALUES: u32 = 64;
/** Bytes of the x values of a proof. */
export const X_BYTES: usize = 512;

/** The words of a proof (up to 50, and one beyond) as big-endian numbers. */
const words = memory.data(52 * 8, 16);
/** ChaCha8 key of the plot. */
const key = memory.data(32, 16);
/** Block numbers for each of the 16 leaves as `chacha8x4` wants them. */
const counters = memory.data(16 * 32, 16);
/** For each x value: where its bits begin in the block, and the first bits of the next block when they reach it. */
const offsets = memory.data(64 * 4, 16);
const tails = memory.data(64 * 8, 16);
/** The x values whose bits reach into the next block, a byte each. */
const crossing = memory.data(64 + 4, 16);
const nextCounters = memory.data(32, 16);
/** Four blocks, and two words of the blocks after them. */
const stream = memory.data(18 * 16, 16);

/** Takes the key from a plot id: the byte 1 and its first 31 bytes. */
// @ts-ignore: decorator
@inline
export function loadKey(plotId: usize): void {
  store<u64>(key, (load<u64>(plotId) << 8) | 1);
  store<u64>(key, load<u64>(plotId, 7), 8);
  store<u64>(key, load<u64>(plotId, 15), 16);
  store<u64>(key, load<u64>(plotId, 23), 24);
}

/** Takes the 64 x values from the k words of a proof. */
// @ts-ignore: decorator
@inline
export function unpack(k: u32, proof: usize, xs: usize): void {
  for (let i: usize = 0; i < <usize>k << 3; i += 16) {
    const bytes = v128.load(proof + i);
    v128.store(
      words + i,
      v128.shuffle<u8>(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8),
    );
  }
  const down = <u64>(64 - k);
  for (let i: u32 = 0, bit: u32 = 0; i < X_VALUES; i++, bit += k) {
    const word = words + (<usize>(bit >> 6) << 3);
    const shift = <u64>(bit & 63);
    const bits = (load<u64>(word) << shift) | ((load<u64>(word, 8) >> 1) >> (63 - shift));
    store<u64>(xs + (<usize>i << 3), bits >> down);
  }
}

/** Finds the blocks of the key stream that hold the bits of each x value. */
// @ts-ignore: decorator
@inline
function locate(k: u32, xs: usize): void {
  let crossings: usize = 0;
  for (let i: u32 = 0; i < X_VALUES; i++) {
    const bit = load<u64>(xs + (<usize>i << 3)) * <u64>k;
    const offset = <u32>bit & 511;
    const counter = counters + (<usize>(i & 15) << 5) + (<usize>(i >> 4) << 2);
    store<u32>(counter, <u32>(bit >> 9));
    store<u32>(counter, <u32>(bit >> 41), 16);
    store<u32>(offsets + (<usize>i << 2), offset);
    store<u8>(crossing + crossings, i);
    if (offset + k > 512) crossings++;
  }
  for (let i: usize = 0; i < crossings; i += 4) {
    for (let lane: usize = 0; lane < 4; lane++) {
      // beyond the last there may be any x value: its tail is not looked at
      const x = load<u64>(xs + (<usize>(load<u8>(crossing + i + lane) & 63) << 3));
      const counter = ((x * <u64>k) >> 9) + 1;
      store<u32>(nextCounters + (lane << 2), <u32>counter);
      store<u32>(nextCounters + (lane << 2), <u32>(counter >> 32), 16);
    }
    chacha8x4(key, nextCounters, stream);
    for (let lane: usize = 0; lane < 4; lane++) {
      const tail = tails + (<usize>(load<u8>(crossing + i + lane) & 63) << 3);
      store<u32>(tail, load<u32>(stream + (lane << 2)));
      store<u32>(tail, load<u32>(stream + (lane << 2), VECTOR), 4);
    }
  }
}

/** y of an x value, left aligned, from the four blocks in `stream`. */
// @ts-ignore: decorator
@inline
function f1(k: u32, i: usize, lane: usize, x: u64): u64 {
  const offset = load<u32>(offsets + (i << 2));
  const from = stream + (lane << 2);
  if (offset + k > 512) {
    store<u32>(from, load<u32>(tails + (i << 3)), 16 * VECTOR);
    store<u32>(from, load<u32>(tails + (i << 3), 4), 17 * VECTOR);
  }
  const word = from + <usize>(offset >> 5) * VECTOR;
  const shift = <u64>(offset & 31);
  const first = (<u64>load<u32>(word) << 32) | <u64>load<u32>(word, VECTOR);
  const bits = (first << shift) | ((<u64>load<u32>(word, 2 * VECTOR) << shift) >> 32);
  return (((bits >> <u64>(64 - k)) << 6) | (x >> <u64>(k - 6))) << <u64>(58 - k);
}

/** Stores four left aligned strings of 64 bits as two words in four lanes. */
// @ts-ignore: decorator
@inline
function storeLanes(to: usize, a: u64, b: u64, c: u64, d: u64): void {
  const ab = i64x2.replace_lane(i64x2.splat(a), 1, b);
  const cd = i64x2.replace_lane(i64x2.splat(c), 1, d);
  v128.store(to, v128.shuffle<u32>(ab, cd, 1, 3, 5, 7));
  v128.store(to, v128.shuffle<u32>(ab, cd, 0, 2, 4, 6), VECTOR);
}

/**
 * Makes the 16 leaves.
 *
 * @param strict stop at the first leaves that are no neighbours
 * @returns whether it did not stop
 */
export function makeLeaves(k: u32, xs: usize, strict: bool): bool {
  locate(k, xs);
  const up = <u64>(64 - k);
  for (let leaf: usize = 0; leaf < 16; leaf++) {
    chacha8x4(key, counters + (leaf << 5), stream);
    const at = xs + (leaf << 3);
    const a = load<u64>(at);
    const b = load<u64>(at, 128);
    const c = load<u64>(at, 256);
    const d = load<u64>(at, 384);
    const node = nodes + leaf * NODE;
    storeLanes(node, f1(k, leaf, 0, a), f1(k, leaf + 16, 1, b), f1(k, leaf + 32, 2, c), f1(k, leaf + 48, 3, d));
    storeLanes(node + META, a << up, b << up, c << up, d << up);
    if (strict && leaf & 1 && matches(k, node - NODE, node) != 15) return false;
  }
  return true;
}
