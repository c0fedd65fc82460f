/** Elements a bucket has on average: few enough for an insertion sort, many enough for a small index. */
const PER_BUCKET = 4;

export interface Sorted {
  keys: Float64Array;
  ids: Uint32Array;
}

/**
 * Sorts keys that are spread evenly below `limit`, as line points and f7 are, together with an id each: one pass
 * into buckets, then an insertion sort in each. Keys must be distinct for the order to be defined.
 *
 * @param keys exact integers, 0 <= key < limit
 */
export function sortUniform(keys: Float64Array, ids: Uint32Array, limit: number): Sorted {
  const count = keys.length;
  const buckets = Math.ceil(count / PER_BUCKET) + 1;
  const scale = (buckets - 1) / limit;
  const ends = new Uint32Array(buckets + 1);
  for (let i = 0; i < count; i++) ends[Math.floor(keys[i]! * scale) + 1]!++;
  for (let b = 1; b <= buckets; b++) ends[b]! += ends[b - 1]!;
  const sortedKeys = new Float64Array(count);
  const sortedIds = new Uint32Array(count);
  // Filling bucket b moves ends[b] from its start to its end.
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    const at = ends[Math.floor(key * scale)]!++;
    sortedKeys[at] = key;
    sortedIds[at] = ids[i]!;
  }
  // Buckets are in order already, so no element moves past its bucket's start.
  for (let i = 1; i < count; i++) {
    const key = sortedKeys[i]!;
    let at = i;
    if (sortedKeys[at - 1]! <= key) continue;
    const id = sortedIds[i]!;
    do {
      sortedKeys[at] = sortedKeys[at - 1]!;
      sortedIds[at] = sortedIds[at - 1]!;
      at--;
    } while (at > 0 && sortedKeys[at - 1]! > key);
    sortedKeys[at] = key;
    sortedIds[at] = id;
  }
  return { keys: sortedKeys, ids: sortedIds };
}
