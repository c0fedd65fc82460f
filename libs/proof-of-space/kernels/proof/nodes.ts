// A node: four entries of one table, a lane each. y (k + 6 bits) in two words, then metadata (up to 200 bits) in
// seven, all left aligned and by lane as in shared/lane-bits.ts.

import { VECTOR } from '../shared/lane-bits';

export const META: usize = 2 * VECTOR;
export const NODE: usize = 9 * VECTOR;
/** Words of the metadata of a table for the largest k. */
export const META_WORDS: usize = 7;

/**
 * The tree of a proof up to table 6: lane l of the 16 leaves are the x values 16l .. 16l + 15, so that the neighbours
 * of four levels meet in one lane. Node n of a level takes the place of its left child's left child and so on.
 */
export const nodes = memory.data(16 * 144, 16);

/** Puts lanes 0 and 2 (with `odd` 1 and 3) of two nodes side by side. */
// @ts-ignore: decorator
@inline
export function gather(to: usize, first: usize, second: usize, odd: bool): void {
  for (let at: usize = 0; at < NODE; at += VECTOR) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    v128.store(to + at, odd ? v128.shuffle<u32>(a, b, 1, 3, 5, 7) : v128.shuffle<u32>(a, b, 0, 2, 4, 6));
  }
}

/** In the lanes that `lanes` selects, puts the entry of each node into the other. */
export function exchange(first: usize, second: usize, lanes: v128): void {
  for (let at: usize = 0; at < NODE; at += VECTOR) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    v128.store(first + at, v128.bitselect(b, a, lanes));
    v128.store(second + at, v128.bitselect(a, b, lanes));
  }
}
