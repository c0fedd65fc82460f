// Addresses of chunks: the binary Merkle tree over 128 segments of 32 bytes with Keccak-256, two nodes of a level at
// once. Source: The Book of Swarm 7.3.3; bee pkg/bmt/reference, and pkg/bmt with a prefix for a keyed tree.
//
// A hasher of packages at hand (hash-wasm 4.13, reused) makes 24 to 27 MB/s of such trees here: half its time goes
// into crossing from JavaScript for every 64 bytes. Here one call makes a whole tree.

import { keccakPair, preparePair, weavePair } from '../../kernel/kernels/shared/keccak-pair';

const CHUNK_BYTES: i32 = 4096;
const SEGMENT_BYTES: i32 = 32;
/** A key of up to eight words leaves room for a node and the padding in one block. */
const KEY_WORDS_MAX: i32 = 8;

const KEY: usize = memory.data(64);
const SPAN: usize = memory.data(8);
const ADDRESS: usize = memory.data(64);
/** All levels, leaves first: 4096 + 2048 + ... + 32 bytes. */
const LEVELS: usize = memory.data(8192);
const BLOCK: usize = memory.data(400);

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
  preparePair(BLOCK, keyWords + messageWords);
  for (let index = 0; index < keyWords; index++) {
    v128.store(BLOCK + (index << 4), v128.load64_splat(KEY + (index << 3)));
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
      weavePair(message, from + node, from + node + 64, 8);
      keccakPair(BLOCK, to + (node >> 1), to + (node >> 1) + 32);
    }
    from = to;
  }
  weavePair(message, from, from, 8);
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
