// Phase 4: table 7 sorted by f7, P7 and C3.

import { sortEvenly } from './sort';
import { encodeSymbols } from '../shared/fse';
import { swap32 } from '../shared/bits';

const PER_PARK: u32 = 2048;
const PER_BLOCK: u32 = 10000;
const RANK_BITS: u64 = 38;
const RANK_MASK: u64 = (1 << 38) - 1;
const SLOT_MASK: u64 = (1 << 25) - 1;

/**
 * Sorts the entries of a bucket by f7 and then by rank. See `sortEvenly`.
 *
 * @param pairs `count` u64: rank << 26 | slot. Overwritten.
 * @param f7s u32 for each of `slots`, relative to the bucket, below `width`
 * @param room for `count` u64
 * @returns where the sorted ones are, u64 each, f7 << 38 | rank; 0 when a pair names no entry or an f7 is not of the
 * bucket
 */
export function sortLast(
  pairs: usize,
  count: u32,
  f7s: usize,
  slots: u32,
  width: u32,
  room: usize,
  cells: usize,
  partBits: u64,
): usize {
  for (let at = pairs, end = pairs + (<usize>count << 3); at < end; at += 8) {
    const pair = load<u64>(at);
    const slot = <u32>(pair & SLOT_MASK);
    if (slot >= slots) return 0;
    const f7 = load<u32>(f7s + (<usize>slot << 2));
    if (f7 >= width) return 0;
    store<u64>(at, (<u64>f7 << RANK_BITS) | (pair >> 26));
  }
  return sortEvenly<u64>(pairs, count, room, cells, width, RANK_BITS, partBits);
}

/**
 * Parts what `sortLast` sorted.
 *
 * @param base the first f7 of the bucket
 * @param f7s receives f7, u32 or, when `wideF7`, u64
 * @param ranks receives positions in P6, u32 or, when `wideRanks`, u64
 */
export function splitLast(
  sorted: usize,
  count: u32,
  base: u64,
  f7s: usize,
  wideF7: bool,
  ranks: usize,
  wideRanks: bool,
): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const key = load<u64>(sorted + (i << 3));
    const f7 = base + (key >> RANK_BITS);
    const rank = key & RANK_MASK;
    if (wideF7) store<u64>(f7s + (i << 3), f7);
    else store<u32>(f7s + (i << 2), <u32>f7);
    if (wideRanks) store<u64>(ranks + (i << 3), rank);
    else store<u32>(ranks + (i << 2), <u32>rank);
  }
}

// @ts-ignore: decorator
@inline
function packRanks<V>(ranks: usize, count: u32, bits: u32, out: usize): void {
  // A rank of more than 32 bits is written in two pieces, so that 64 bits always have room.
  const lowBits: u64 = bits > 32 ? 16 : bits;
  const highBits: u64 = bits - lowBits;
  let to = out;
  let acc: u64 = 0;
  let held: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const rank = <u64>load<V>(ranks + <usize>i * sizeof<V>());
    if (sizeof<V>() == 8) {
      acc = (acc << highBits) | (rank >> lowBits);
      held += highBits;
      if (held >= 32) {
        held -= 32;
        store<u32>(to, swap32(<u32>(acc >> held)));
        to += 4;
      }
    }
    acc = (acc << lowBits) | (rank & ((1 << lowBits) - 1));
    held += lowBits;
    if (held >= 32) {
      held -= 32;
      store<u32>(to, swap32(<u32>(acc >> held)));
      to += 4;
    }
  }
  if (held > 0) store<u32>(to, swap32(<u32>(acc << (32 - held))));
}

/**
 * Parks of P7: 2048 positions of k + 1 bits, most significant bit first, the last one filled with zeros.
 *
 * @param ranks u32 or, when `wide`, u64
 * @param bits k + 1
 * @param out room for all parks; a park of 2048 has (k + 1) * 256 bytes, whole words
 */
export function packP7(ranks: usize, count: u32, wide: bool, bits: u32, out: usize): void {
  const parkSize = <usize>bits << 8;
  memory.fill(out, 0, <usize>((count + PER_PARK - 1) / PER_PARK) * parkSize);
  if (wide) packRanks<u64>(ranks, count, bits, out);
  else packRanks<u32>(ranks, count, bits, out);
}

// @ts-ignore: decorator
@inline
function deltasOf<V>(f7s: usize, count: u32, symbols: usize): u64 {
  let largest: u64 = 0;
  let before = <u64>load<V>(f7s);
  for (let i: u32 = 1; i < count; i++) {
    const f7 = <u64>load<V>(f7s + <usize>i * sizeof<V>());
    const delta = f7 - before;
    before = f7;
    largest = largest > delta ? largest : delta;
    store<u8>(symbols + i - 1, <u8>delta);
  }
  return largest;
}

/**
 * One block of C3 of `count` f7, at most 10 000.
 *
 * @param f7s ascending u32 or, when `wide`, u64
 * @param coding see shared/fse.ts
 * @param symbolLimit symbols that it knows
 * @param blockBytes of a block
 * @param room for the deltas and what they are coded to: 40 000 bytes
 * @returns the bytes before the padding with zeros, or -1 when they do not fit
 */
export function packC3(
  f7s: usize,
  count: u32,
  wide: bool,
  coding: usize,
  symbolLimit: u32,
  blockBytes: u32,
  room: usize,
  out: usize,
): i32 {
  const largest = wide ? deltasOf<u64>(f7s, count, room) : deltasOf<u32>(f7s, count, room);
  if (largest >= symbolLimit) return -1;
  const coded = room + PER_BLOCK;
  const size = encodeSymbols(coding, room, count - 1, coded);
  if (size + 2 > blockBytes) return -1;
  store<u8>(out, <u8>(size >> 8));
  store<u8>(out, <u8>size, 1);
  memory.copy(out + 2, coded, size);
  memory.fill(out + 2 + size, 0, blockBytes - 2 - size);
  return <i32>size + 2;
}
