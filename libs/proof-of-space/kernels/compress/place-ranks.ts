// Ranks, that is positions in the sorted table, come back from the line point buckets in any order.

const SLOT_MASK: u64 = (1 << 25) - 1;
const EDGE: u64 = 1 << 25;

/** The index of a slot in an ascending list, or `count`. */
function indexOf(list: usize, count: u32, slot: u32): u32 {
  let low: u32 = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(list + (<usize>middle << 2)) < slot) low = middle + 1;
    else high = middle;
  }
  return low < count && load<u32>(list + (<usize>low << 2)) == slot ? low : count;
}

// @ts-ignore: decorator
@inline
function place<V>(pairs: usize, count: u32, values: usize, slots: u32, edgeSlots: usize, edges: u32): bool {
  for (let at = pairs, end = pairs + (<usize>count << 3); at < end; at += 8) {
    const pair = load<u64>(at);
    let index = <u32>(pair & SLOT_MASK);
    if (pair & EDGE) {
      index = indexOf(edgeSlots, edges, index);
      if (index == edges) return false;
      index += slots;
    } else if (index >= slots) return false;
    store<V>(values + <usize>index * sizeof<V>(), <V>(pair >> 26));
  }
  return true;
}

/**
 * Writes each rank to the place of its entry.
 *
 * @param pairs `count` of u64: rank << 26 | edge << 25 | slot
 * @param values receives u32 (or u64 when `wide`) for each of `slots` entries of the bucket and each of `edges`
 * @param edgeSlots ascending u32: the slots of the next bucket's entries that pairs with the edge flag mean
 * @returns false when a pair names no such entry
 */
export function placeRanks(
  pairs: usize,
  count: u32,
  values: usize,
  slots: u32,
  edgeSlots: usize,
  edges: u32,
  wide: bool,
): bool {
  return wide
    ? place<u64>(pairs, count, values, slots, edgeSlots, edges)
    : place<u32>(pairs, count, values, slots, edgeSlots, edges);
}
