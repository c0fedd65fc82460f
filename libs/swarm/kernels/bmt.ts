// Addresses of chunks: the binary Merkle tree over 128 segments of 32 bytes with Keccak-256, two nodes of a level at
// once. Source: The Book of Swarm 7.3.3; bee pkg/bmt/reference, and pkg/bmt with a prefix for a keyed tree.
//
// A hasher of packages at hand (hash-wasm 4.13, reused) makes 24 to 27 MB/s of such trees here: half its time goes
// into crossing from JavaScript for every 64 bytes. Here one call makes a whole tree.

import { keccakPair, PAIR_BLOCK_BYTES, RATE_WORDS } from './shared/keccak-pair';

const CHUNK_BYTES: i32 = 4096;
const SEGMENT_BYTES: i32 = 32;
/** A key of up to eight words leaves room for a node and the padding in one block. */
const KEY_WORDS_MAX: i32 = 8;

const KEY: usize = memory.data(64);
const SPAN: usize = memory.data(8);
const ADDRESS: usize = memory.data(64);
/** All levels, leaves first: 4096 + 2048 + ... + 32 bytes. */
const LEVELS: usize = memory.data(8192);
const BLOCK: usize = memory.data(272);

/** Where the caller puts a payload, zero-padded to 4096 bytes; the levels above it follow. */
export function levels(): usize {
  return LEVELS;
}

/** Where the caller puts the key: whole words. */
export function key(): usize {
  return KEY;
}

/** Where the caller puts the span, 8 bytes, little-endian. */
export function span(): usize {
  return SPAN;
}

/** Where the address is found. */
export function address(): usize {
  return ADDRESS;
}

/** Fills the block with the key, and the padding of a message of `messageWords` words after it. */
function prepare(keyWords: i32, messageWords: i32): void {
  memory.fill(BLOCK, 0, PAIR_BLOCK_BYTES);
  for (let index = 0; index < keyWords; index++) {
    v128.store(BLOCK + (index << 4), v128.load64_splat(KEY + (index << 3)));
  }
  v128.store(BLOCK + ((keyWords + messageWords) << 4), i64x2.splat(1));
  // with a key of eight words both ends of the padding are in the same word
  const last = BLOCK + ((RATE_WORDS - 1) << 4);
  v128.store(last, v128.or(v128.load(last), i64x2.splat(0x8000000000000000)));
}

/** Puts two nodes' children, `first` and `second` of 64 bytes each, behind the key. */
// @ts-ignore: decorator
@inline
function fill(at: usize, first: usize, second: usize): void {
  for (let index = 0; index < 8; index += 2) {
    const a = v128.load(first + (index << 3));
    const b = v128.load(second + (index << 3));
    v128.store(at + (index << 4), i64x2.shuffle(a, b, 0, 2));
    v128.store(at + (index << 4) + 16, i64x2.shuffle(a, b, 1, 3));
  }
}

/**
 * Hashes the payload at `levels()` up to its root and on to the address, which is then at `address()`.
 *
 * @param keyWords words of the key, 0 to 8
 * @returns 0, or 1 when there are more words than that
 */
export function hash(keyWords: i32): i32 {
  if (keyWords < 0 || keyWords > KEY_WORDS_MAX) return 1;
  prepare(keyWords, 8);
  const message = BLOCK + (keyWords << 4);
  let from = LEVELS;
  for (let bytes = CHUNK_BYTES; bytes > 2 * SEGMENT_BYTES; bytes >>= 1) {
    const to = from + bytes;
    for (let node = 0; node < bytes; node += 128) {
      fill(message, from + node, from + node + 64);
      keccakPair(BLOCK, to + (node >> 1), to + (node >> 1) + 32);
    }
    from = to;
  }
  fill(message, from, from);
  const root = from + 2 * SEGMENT_BYTES;
  keccakPair(BLOCK, root, ADDRESS);
  prepare(keyWords, 5);
  v128.store(message, v128.load64_splat(SPAN));
  for (let index = 0; index < 4; index++) {
    v128.store(message + ((index + 1) << 4), v128.load64_splat(root + (index << 3)));
  }
  keccakPair(BLOCK, ADDRESS, ADDRESS + SEGMENT_BYTES);
  return 0;
}
