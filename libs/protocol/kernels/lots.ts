// The lots of many plots in one round, or of one plot in many rounds: the first four bytes of sha256(plot id ‖ beacon),
// which decide who is due (../src/draw.ts). Four messages at once, one call for thousands.

import { prepareQuad64, sha256Quad64 } from '../../kernel/kernels/shared/sha256-quad';

/** Bytes of half a message, for four messages. */
const HALF_BYTES: i32 = 8 * 16;

/** QUAD_WORDS_BYTES and QUAD_STATE_BYTES. */
const WORDS: usize = memory.data(1024, 16);
const STATE: usize = memory.data(128, 16);
const OTHER: usize = memory.data(32, 16);
/** Quads whose lots are found after one call. */
const QUADS_MAX: i32 = 1024;
const LOTS: usize = memory.data(16384, 16);

prepareQuad64();

/** Where the caller's halves begin: four of them woven, HALF_BYTES, then the next four; the caller grows the memory. */
export function halves(): usize {
  return (__heap_base + 15) & ~15;
}

/** Where the caller puts the half that is the same in all messages: its 8 words as numbers. */
export function other(): usize {
  return OTHER;
}

/** Where the lots of a call are found, as numbers. */
export function lots(): usize {
  return LOTS;
}

/** How many quads one call may take. */
export function quadsMax(): i32 {
  return QUADS_MAX;
}

/**
 * Draws the lots of `quads` times four messages, from quad `first` on.
 *
 * @param first quad of the halves
 * @param quads 0 … quadsMax()
 * @param otherFirst whether the half that is the same is the first of each message (the plot id) or the second
 */
export function draw(first: i32, quads: i32, otherFirst: bool): void {
  const fixed = otherFirst ? WORDS : WORDS + HALF_BYTES;
  const varying = otherFirst ? WORDS + HALF_BYTES : WORDS;
  for (let index = 0; index < 8; index++) {
    v128.store(fixed + (index << 4), v128.load32_splat(OTHER + (index << 2)));
  }
  let from = halves() + <usize>first * HALF_BYTES;
  for (let quad = 0; quad < quads; quad++) {
    for (let end = from + HALF_BYTES, to = varying; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
    sha256Quad64(WORDS, STATE);
    v128.store(LOTS + (quad << 4), v128.load(STATE));
  }
}
