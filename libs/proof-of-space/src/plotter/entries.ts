import { PARAM_BC } from '../constants.js';

/** y and metadata of a table's entries; `meta` has `words` words an entry. */
export interface Entries {
  count: number;
  words: number;
  y: Uint32Array;
  meta: Uint32Array;
}

/** Entries grouped by their matching bucket: bucket b is at `starts[b]` up to `starts[b + 1]`. */
export interface GroupedEntries extends Entries {
  starts: Uint32Array;
}

/** For each entry of a table, the positions of its two parents in the grouped table before. */
export interface Links {
  count: number;
  left: Uint32Array;
  right: Uint32Array;
}

/** The number of matching buckets for k. */
export function bucketCount(k: number): number {
  return Math.floor((2 ** (k + 6) - 1) / PARAM_BC) + 1;
}

/**
 * Groups entries by bucket with a counting sort. The order inside a bucket does not matter: final positions come
 * from sorting line points only.
 *
 * @param links moved along with the entries and replaced in place, when the table has them
 */
export function groupEntries(k: number, entries: Entries, links: Links | undefined): GroupedEntries {
  const { count, words, y, meta } = entries;
  const starts = new Uint32Array(bucketCount(k) + 1);
  for (let i = 0; i < count; i++) starts[Math.floor(y[i]! / PARAM_BC) + 1]!++;
  for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!;
  const next = starts.slice();
  const to = new Uint32Array(count);
  const sortedY = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const at = next[Math.floor(y[i]! / PARAM_BC)]!++;
    to[i] = at;
    sortedY[at] = y[i]!;
  }
  const sortedMeta = new Uint32Array(count * words);
  for (let i = 0; i < count; i++) {
    const target = to[i]! * words;
    for (let w = 0; w < words; w++) sortedMeta[target + w] = meta[i * words + w]!;
  }
  if (links) {
    links.left = permuted(links.left, to);
    links.right = permuted(links.right, to);
  }
  return { count, words, y: sortedY, meta: sortedMeta, starts };
}

function permuted(values: Uint32Array, to: Uint32Array): Uint32Array {
  const out = new Uint32Array(to.length);
  for (let i = 0; i < to.length; i++) out[to[i]!] = values[i]!;
  return out;
}
