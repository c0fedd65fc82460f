// From the order of a plot file to that of a proof: the half with the smaller y goes to the left. Source: chiapos
// `DiskProver::ReorderProof`.

import { combine } from './fold';
import { makeLeaves, X_VALUES } from './leaves';
import { isAbove, matches } from './match';
import { exchange, gather, NODE, nodes } from './nodes';

const words = memory.data(51 * 8, 16);

/**
 * Puts two nodes in order in the lanes of `used`, and with them their x values: in lane l, `size` of them from
 * `start + l * span` on and as many after those. Returns whether they are neighbours in these lanes.
 */
function order(k: u32, first: usize, second: usize, used: i32, xs: usize, start: u32, span: u32, size: u32): bool {
  const above = isAbove(first, second);
  const lanes = i32x4.bitmask(above) & used;
  if (lanes != 0) exchange(first, second, above);
  for (let lane: u32 = 0; lane < 4; lane++) {
    if (!((lanes >> lane) & 1)) continue;
    const from = xs + (<usize>(start + lane * span) << 3);
    const end = from + (<usize>size << 3);
    for (let at = from; at < end; at += 8) {
      const x = load<u64>(at);
      store<u64>(at, load<u64>(at + (<usize>size << 3)));
      store<u64>(at + (<usize>size << 3), x);
    }
  }
  return (matches(k, first, second) & used) == used;
}

/**
 * Makes tables 1..7 of x values and puts these in order.
 *
 * @param left, right room for nodes; lane 0 of `left` receives table 7
 * @param strict stop at the first that are no neighbours
 * @returns whether all were neighbours
 */
export function makeOrdered(k: u32, xs: usize, left: usize, right: usize, strict: bool): bool {
  let good = true;
  makeLeaves(k, xs, false);
  for (let table: u32 = 2, size: u32 = 1; table < 6; table++, size <<= 1) {
    for (let i: u32 = 0; i < 8 / size; i++) {
      const at = nodes + <usize>(2 * i) * NODE;
      if (!order(k, at, at + NODE, 15, xs, 2 * i * size, 16, size)) good = false;
      if (strict && !good) return false;
      combine(k, table, at, at + NODE, nodes + <usize>i * NODE);
    }
  }
  for (let table: u32 = 6, size: u32 = 16; table < 8; table++, size <<= 1) {
    gather(left, nodes, nodes, false);
    gather(right, nodes, nodes, true);
    if (!order(k, left, right, table == 6 ? 3 : 1, xs, 0, 2 * size, size)) good = false;
    if (strict && !good) return false;
    combine(k, table, left, right, nodes);
  }
  memory.copy(left, nodes, NODE);
  return good;
}

/** Writes the 8k bytes of a proof from 64 x values of k bits. */
export function pack(k: u32, xs: usize, proof: usize): void {
  memory.fill(words, 0, 51 * 8);
  for (let i: u32 = 0, bit: u32 = 0; i < X_VALUES; i++, bit += k) {
    const x = load<u64>(xs + (<usize>i << 3)) << <u64>(64 - k);
    const word = words + (<usize>(bit >> 6) << 3);
    const shift = <u64>(bit & 63);
    store<u64>(word, load<u64>(word) | (x >> shift));
    store<u64>(word, (x << 1) << (63 - shift), 8);
  }
  for (let i: usize = 0; i < <usize>k << 3; i += 8) store<u64>(proof + i, bswap<u64>(load<u64>(words + i)));
}
