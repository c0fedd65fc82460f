import type { Links } from './entries.js';
import { type Sorted, sortUniform } from './sort-uniform.js';

/** One byte an entry: 1 when an entry of the next table descends from it. */
export type Used = Uint8Array;

/** Marks the parents of a table's entries that are used themselves. Source: chiapos `RunPhase2`. */
export function markParents(links: Links, used: Used | undefined, parents: Used): void {
  for (let i = 0; i < links.count; i++) {
    if (used && used[i] === 0) continue;
    parents[links.left[i]!] = 1;
    parents[links.right[i]!] = 1;
  }
}

export function countUsed(used: Used): number {
  let count = 0;
  for (let i = 0; i < used.length; i++) count += used[i]!;
  return count;
}

/**
 * The line points of a table's used entries, sorted, with the number of the entry each belongs to.
 *
 * @param positions for each entry of the table before, its x (table 1) or its position in the sorted table
 * @param limit the positions are below it
 */
export function sortedLinePoints(
  links: Links,
  used: Used | undefined,
  usedCount: number,
  positions: Uint32Array,
  limit: number,
): Sorted {
  const keys = new Float64Array(usedCount);
  const ids = new Uint32Array(usedCount);
  let count = 0;
  for (let i = 0; i < links.count; i++) {
    if (used && used[i] === 0) continue;
    const a = positions[links.left[i]!]!;
    const b = positions[links.right[i]!]!;
    // Below 2^49 for k <= 25: exact in a double.
    keys[count] = a > b ? (a * (a - 1)) / 2 + b : (b * (b - 1)) / 2 + a;
    ids[count++] = i;
  }
  return sortUniform(keys, ids, (limit * (limit - 1)) / 2);
}
