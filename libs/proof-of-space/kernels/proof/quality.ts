// The quality of a proof. Source: chiapos `Verifier::GetQualityString`.

import { swap32 } from '../shared/bits';
import { schedule, sha256Block } from '../shared/sha256';
import { X_BYTES } from './leaves';

/** The largest x value of every subtree: 64 leaves, then 32 pairs and so on, 8 bytes each. */
const largest = memory.data(127 * 8, 16);
const ordered = memory.data(512, 16);
const half = memory.data(256, 16);

/** The pair that `chosePair` found, the smaller first. */
export const pair = memory.data(16, 16);

/**
 * Finds pair `index` of the x values in the order of a plot file: of every two neighbouring subtrees the one with
 * the smaller last value stands first. The last value of an ordered subtree is its largest, so only the subtrees on
 * the way to the pair are looked at.
 *
 * @param index 0..31
 */
export function choosePair(xs: usize, index: u32): void {
  memory.copy(largest, xs, X_BYTES);
  for (let from = largest, to = largest + X_BYTES; from < largest + 126 * 8; from += 16, to += 8) {
    const a = load<u64>(from);
    const b = load<u64>(from, 8);
    store<u64>(to, a > b ? a : b);
  }
  let level = largest + 126 * 8;
  let at: usize = 0;
  for (let depth = 0; depth < 6; depth++) {
    level -= <usize>16 << depth;
    at <<= 1;
    const a = load<u64>(level + (at << 3));
    const b = load<u64>(level + (at << 3), 8);
    if (depth == 5) {
      store<u64>(pair, a < b ? a : b);
      store<u64>(pair, a < b ? b : a, 8);
      return;
    }
    if (a == b) break;
    at += <usize>((index >> (4 - depth)) & 1) ^ <usize>(a > b);
  }
  order(xs);
  store<u64>(pair, load<u64>(ordered + (<usize>index << 4)));
  store<u64>(pair, load<u64>(ordered + (<usize>index << 4), 8), 8);
}

/** Puts all x values into the order of a plot file: for subtrees with the same largest value. */
function order(xs: usize): void {
  memory.copy(ordered, xs, X_BYTES);
  for (let size: usize = 8; size < X_BYTES; size <<= 1) {
    for (let at = ordered; at < ordered + X_BYTES; at += 2 * size) {
      if (isLess(at, at + size, size)) continue;
      memory.copy(half, at, size);
      memory.copy(at, at + size, size);
      memory.copy(at + size, half, size);
    }
  }
}

/** Compares two runs of x values from the last backwards. */
function isLess(a: usize, b: usize, size: usize): bool {
  for (let i = size; i > 0; i -= 8) {
    const left = load<u64>(a + i - 8);
    const right = load<u64>(b + i - 8);
    if (left != right) return left < right;
  }
  return false;
}

/**
 * SHA-256 of a challenge and the pair, k bits each, zero padded to whole bytes. With k up to 50 that is one block.
 *
 * @param out receives 32 bytes
 */
export function hashPair(k: u32, challenge: usize, out: usize): void {
  for (let i: usize = 0; i < 32; i += 4) store<u32>(schedule + i, swap32(load<u32>(challenge + i)));
  const first = load<u64>(pair);
  const second = load<u64>(pair, 8);
  const bits = 2 * k;
  let high = first << <u64>(64 - k);
  let low: u64 = 0;
  if (bits > 64) {
    high |= second >> <u64>(bits - 64);
    low = second << <u64>(128 - bits);
  } else {
    high |= second << <u64>(64 - bits);
  }
  // the bit after the message is 1
  const bytes = (bits + 7) >> 3;
  if (bytes < 8) high |= <u64>0x80 << <u64>(56 - (bytes << 3));
  else low |= <u64>0x80 << <u64>(120 - (bytes << 3));
  store<u32>(schedule, <u32>(high >> 32), 32);
  store<u32>(schedule, <u32>high, 36);
  store<u32>(schedule, <u32>(low >> 32), 40);
  store<u32>(schedule, <u32>low, 44);
  store<u64>(schedule, 0, 48);
  store<u32>(schedule, 0, 56);
  store<u32>(schedule, (32 + bytes) << 3, 60);
  sha256Block(out);
}
