// All hashes of two chunks of a payout tree (contracts/ChunkTree.sol) in one call. Messages go two at a time: nodes with
// their neighbours, the long columns of one chunk with those of the other.

import {
  digestPair,
  keccakPair,
  permutePair,
  preparePair,
  RATE_WORDS,
  weavePair,
} from '../../kernel/kernels/shared/keccak-pair';

const CHUNK: i32 = 128;
const ADDRESS_BYTES: i32 = 20;
const AMOUNT_BYTES: i32 = 6;
const COLUMN_BYTES: i32 = CHUNK * (ADDRESS_BYTES + AMOUNT_BYTES);
/** All levels of a chunk, leaves first: 4096 + 2048 + ... + 32 bytes, and 32 bytes not used. */
const LEVEL_BYTES: i32 = 8192;
const ROOT_AT: i32 = 8128;
/** keccak(accounts), keccak(amounts), root of the leaves, and the node they make. */
const HASH_BYTES: i32 = 128;

/** Twice 128 accounts and 128 amounts, and room to read a whole last block. */
const COLUMNS: usize = memory.data(6800);
const LEVELS: usize = memory.data(16384);
const HASHES: usize = memory.data(256);
const LEAVES: usize = memory.data(400);
const NODES: usize = memory.data(400);
const PARTS: usize = memory.data(400);
const STATE: usize = memory.data(400);
const LEFT: usize = memory.data(32);
const RIGHT: usize = memory.data(32);

/** Where the caller puts 128 × 20 bytes and 128 × 6 bytes of a chunk, and then those of the other. */
export function columns(): usize {
  return COLUMNS;
}

/** Where the 255 nodes of the first chunk's leaf tree are found, level by level, leaves first. */
export function levels(): usize {
  return LEVELS;
}

/** Where hash of accounts, hash of amounts, root of the leaves and node are found, 32 bytes each; of both chunks. */
export function hashes(): usize {
  return HASHES;
}

// @ts-ignore: decorator
@inline
function loadLeaf(chunk: usize, place: i32, to: usize): void {
  memory.copy(to, chunk + place * ADDRESS_BYTES, ADDRESS_BYTES);
  memory.copy(to + ADDRESS_BYTES, chunk + CHUNK * ADDRESS_BYTES + place * AMOUNT_BYTES, AMOUNT_BYTES);
}

/** Hashes the leaves of chunk 0 or 1 and the tree above them. */
export function hashLeaves(which: i32): void {
  const chunk = COLUMNS + which * COLUMN_BYTES;
  const tree = LEVELS + which * LEVEL_BYTES;
  preparePair(LEAVES, 3); // the padding's first byte is not at a word's start: it comes with each leaf
  store<u8>(LEFT + 26, 0x01);
  store<u8>(RIGHT + 26, 0x01);
  for (let place = 0; place < CHUNK; place += 2) {
    loadLeaf(chunk, place, LEFT);
    loadLeaf(chunk, place + 1, RIGHT);
    weavePair(LEAVES, LEFT, RIGHT, 4);
    const out = tree + (place << 5);
    keccakPair(LEAVES, out, out + 32);
  }
  preparePair(NODES, 8);
  let from = tree;
  for (let bytes = CHUNK << 5; bytes > 64; bytes >>= 1) {
    const to = from + bytes;
    for (let at = 0; at < bytes; at += 128) {
      weavePair(NODES, from + at, from + at + 64, 8);
      keccakPair(NODES, to + (at >> 1), to + (at >> 1) + 32);
    }
    from = to;
  }
}

/** Puts the parents of `nodes` nodes (a multiple of four) that lie at `levels` in their place. */
export function hashParents(nodes: i32): void {
  preparePair(NODES, 8);
  for (let at = 0; at < nodes << 5; at += 128) {
    weavePair(NODES, LEVELS + at, LEVELS + at + 64, 8);
    const to = LEVELS + (at >> 1);
    keccakPair(NODES, to, to + 32);
  }
}

/** Keccak-256 of `bytes` bytes, a multiple of 16, at two places of memory. */
function hashLong(first: usize, second: usize, bytes: i32, out: usize, out2: usize): void {
  memory.fill(STATE, 0, 400);
  let left = bytes >> 3;
  for (; left >= RATE_WORDS; left -= RATE_WORDS) {
    absorb(first, second, RATE_WORDS);
    permutePair(STATE, STATE);
    first += RATE_WORDS << 3;
    second += RATE_WORDS << 3;
  }
  absorb(first, second, left);
  flip(left, 1);
  flip(RATE_WORDS - 1, 0x8000000000000000);
  permutePair(STATE, STATE);
  digestPair(STATE, out, out2);
}

function absorb(first: usize, second: usize, words: i32): void {
  for (let i = 0; i < words; i++) {
    const message = i64x2.replace_lane(v128.load64_splat(first + (i << 3)), 1, load<u64>(second + (i << 3)));
    v128.store(STATE + (i << 4), v128.xor(v128.load(STATE + (i << 4)), message));
  }
}

function flip(word: i32, bits: u64): void {
  v128.store(STATE + (word << 4), v128.xor(v128.load(STATE + (word << 4)), i64x2.splat(bits)));
}

/** Hashes everything of both chunks. */
export function hashChunks(): void {
  const second = COLUMNS + COLUMN_BYTES;
  const addressBytes = CHUNK * ADDRESS_BYTES;
  const other = HASHES + HASH_BYTES;
  hashLong(COLUMNS, second, addressBytes, HASHES, other);
  hashLong(COLUMNS + addressBytes, second + addressBytes, CHUNK * AMOUNT_BYTES, HASHES + 32, other + 32);
  hashLeaves(0);
  hashLeaves(1);
  const tops = LEVELS + ROOT_AT - 64;
  weavePair(NODES, tops, tops + LEVEL_BYTES, 8);
  keccakPair(NODES, HASHES + 64, other + 64);
  preparePair(PARTS, 12);
  weavePair(PARTS, HASHES, other, 12);
  keccakPair(PARTS, HASHES + 96, other + 96);
}
