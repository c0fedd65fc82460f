// Matching: pairs (L, R) of entries whose y lie in neighbouring groups of BC values, so that for some m in 0..63
// row(R) = row(L) + m (mod B) and column(R) = column(L) + (2m + parity)^2 (mod C), where a value is row * C + column
// within its group. Source: chiapos `FxCalculator::FindMatches`.
//
// The right group is spread over a map of flags, 256 a row, in which the first 63 rows and all columns stand twice. The
// 64 flags that a left entry has to see lie at fixed distances from one address, so no remainder is needed, and no
// branch: they are shifted into one word.

import { evenFlags, oddFlags } from './flags';

const B: u32 = 119;
const C: u32 = 127;
const BC: u32 = B * C;

const ROW: usize = 256;
/** 0 or 1 by cell, row * 256 + column, of a row up to 181 and a column up to 253. */
const map = memory.data(182 * 256, 64);
/** By cell: the number in the group of the first entry there. */
const firsts = memory.data(119 * 256 * 2, 64);
/** By number in the group: 1 + the number of the next entry of the same y, or 0. */
const twins = memory.data(65536 * 2, 64);
/** The distances for parity 0 and 1, u32. */
const steps = memory.data(2 * 64 * 4, 64);

/** How far from a left entry's cell the right entry with m is. */
// @ts-ignore: decorator
@inline
function step(m: u32, parity: u32): usize {
  return <usize>m * ROW + ((2 * m + parity) * (2 * m + parity)) % C;
}

for (let parity: u32 = 0; parity < 2; parity++) {
  for (let m: u32 = 0; m < 64; m++) store<u32>(steps + (((parity << 6) + m) << 2), <u32>step(m, parity));
}

/**
 * Sorts a bucket's entries by group and row, by counting. Left entries in the order of their rows look at rows of the
 * map that are still near; by group alone a third of the loads would miss the first cache.
 *
 * @param entries `count` entries of `stride` bytes, each beginning with its u32 y relative to the bucket's first
 * @param groups groups in the bucket, without that of the edge
 * @param starts receives (groups + 1) * 119 + 1 u32: where each row of each group begins, then the count
 * @param order receives the entries' numbers, u32
 * @param cells receives the place of each in its group's map, row * 256 + column, in the same order, u16
 */
export function groupEntries(
  entries: usize,
  stride: usize,
  count: u32,
  groups: u32,
  starts: usize,
  order: usize,
  cells: usize,
): void {
  const rows = (groups + 1) * B;
  memory.fill(starts, 0, (rows + 1) << 2);
  for (let i: u32 = 0, at = entries; i < count; i++, at += stride) {
    const row = starts + ((load<u32>(at) / C) << 2);
    store<u32>(row, load<u32>(row) + 1);
  }
  let sum: u32 = 0;
  for (let at = starts, end = starts + (rows << 2); at <= end; at += 4) {
    const size = load<u32>(at);
    store<u32>(at, sum);
    sum += size;
  }
  for (let i: u32 = 0, at = entries; i < count; i++, at += stride) {
    const y = load<u32>(at);
    const key = y / C;
    const row = starts + (key << 2);
    const place = load<u32>(row);
    store<u32>(row, place + 1);
    store<u32>(order + (place << 2), i);
    store<u16>(cells + (place << 1), <u16>(((key % B) << 8) | (y - key * C)));
  }
  // each start has moved to its end, which is the next one's start
  memory.copy(starts + 4, starts, rows << 2);
  store<u32>(starts, 0);
}

// @ts-ignore: decorator
@inline
function setFlags(cell: usize, flag: u8): void {
  const at = map + cell;
  store<u8>(at, flag);
  store<u8>(at, flag, 127);
  if (cell < 63 * ROW) {
    store<u8>(at, flag, 119 * 256);
    store<u8>(at, flag, 119 * 256 + 127);
  }
}

function spreadGroup(cells: usize, size: u32): void {
  for (let number: u32 = 0; number < size; number++) {
    const cell = <usize>load<u16>(cells + (number << 1));
    const twin = twins + (number << 1);
    const first = firsts + (cell << 1);
    if (load<u8>(map + cell)) {
      const other = twins + (<usize>load<u16>(first) << 1);
      store<u16>(twin, load<u16>(other));
      store<u16>(other, <u16>(number + 1));
    } else {
      store<u16>(twin, 0);
      store<u16>(first, <u16>number);
      setFlags(cell, 1);
    }
  }
}

function clearGroup(cells: usize, size: u32): void {
  for (let number: u32 = 0; number < size; number++) setFlags(<usize>load<u16>(cells + (number << 1)), 0);
}

/** Where the next pair goes, and where there is no more room. */
let pairAt: usize = 0;
let pairEnd: usize = 0;

/** Appends the pairs of a left entry with the right entries at one place of the map. */
// @ts-ignore: decorator
@inline
function hit(left: u32, place: usize, order: usize): void {
  let cell = place;
  if (cell >= 119 * 256) cell -= 119 * 256;
  if ((cell & 255) >= C) cell -= C;
  let number = <u32>load<u16>(firsts + (cell << 1));
  for (;;) {
    if (pairAt == pairEnd) return;
    store<u32>(pairAt, left);
    store<u32>(pairAt, load<u32>(order + (number << 2)), 4);
    pairAt += 8;
    const twin = <u32>load<u16>(twins + (number << 1));
    if (twin == 0) return;
    number = twin - 1;
  }
}

/** Appends the pairs of a left entry, whose flags are given. */
// @ts-ignore: decorator
@inline
function matchLeft(left: u32, cell: usize, flags: u64, parity: usize, order: usize): void {
  for (; flags != 0; flags &= flags - 1) {
    hit(left, cell + load<u32>(steps + (parity << 8) + (<usize>ctz(flags) << 2)), order);
  }
}

/**
 * Finds all pairs of a bucket whose first group has an even number.
 *
 * @param starts, order, cells as `groupEntries` left them
 * @param pairs receives the numbers of left and right entry, u32 each
 * @param capacity pairs that have room
 * @returns how many pairs there are; `capacity` may mean that there are more
 */
export function findPairs(groups: u32, starts: usize, order: usize, cells: usize, pairs: usize, capacity: u32): u32 {
  pairAt = pairs;
  pairEnd = pairs + (<usize>capacity << 3);
  for (let g: u32 = 0; g < groups; g++) {
    const group = starts + ((g * B) << 2);
    const start = load<u32>(group);
    const middle = load<u32>(group, B * 4);
    const end = load<u32>(group, 2 * B * 4);
    if (start == middle || middle == end) continue;
    const rightCells = cells + (middle << 1);
    const rightOrder = order + (middle << 2);
    spreadGroup(rightCells, end - middle);
    if (g & 1) {
      for (let i = start; i < middle; i++) {
        const cell = <usize>load<u16>(cells + (i << 1));
        matchLeft(load<u32>(order + (i << 2)), cell, oddFlags(map + cell), 1, rightOrder);
      }
    } else {
      for (let i = start; i < middle; i++) {
        const cell = <usize>load<u16>(cells + (i << 1));
        matchLeft(load<u32>(order + (i << 2)), cell, evenFlags(map + cell), 0, rightOrder);
      }
    }
    clearGroup(rightCells, end - middle);
  }
  return <u32>((pairAt - pairs) >> 3);
}
