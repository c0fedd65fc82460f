// The sorted line points' positions go back to the buckets of their entries.

/** Counts rank pairs by bucket: one for each entry and one more, for the bucket before, for each edge. */
export function countRanks(entries: usize, count: u32, counts: usize, buckets: u32): void {
  memory.fill(counts, 0, <usize>buckets << 2);
  for (let at = entries, end = entries + <usize>count * 12; at < end; at += 12) {
    const target = <u32>(load<u64>(at) >> 25);
    const counter = counts + (<usize>(target & 4095) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
    if (target & 4096) store<u32>(counter - 4, load<u32>(counter - 4) + 1);
  }
}

/**
 * Rank pairs grouped by bucket, each u64: rank << 26 | edge << 25 | slot.
 *
 * @param entries sorted, 12 bytes each
 * @param firstRank of the first
 * @param counts by bucket, as `countRanks` left them
 * @param places room for a u32 by bucket
 * @returns how many pairs
 */
export function placeRankPairs(
  entries: usize,
  count: u32,
  firstRank: u64,
  counts: usize,
  buckets: u32,
  places: usize,
  out: usize,
): u32 {
  let place = out;
  for (let bucket: u32 = 0; bucket < buckets; bucket++) {
    store<u32>(places + (<usize>bucket << 2), <u32>place);
    place += <usize>load<u32>(counts + (<usize>bucket << 2)) << 3;
  }
  let rank = firstRank << 26;
  for (let at = entries, end = entries + <usize>count * 12; at < end; at += 12) {
    const id = load<u64>(at);
    const cursor = places + (<usize>((id >> 25) & 4095) << 2);
    const pair = rank | (id & 0x1ffffff);
    const to = <usize>load<u32>(cursor);
    store<u32>(cursor, <u32>to + 8);
    store<u64>(to, pair);
    if (id & (1 << 37)) {
      const edgeTo = <usize>load<u32>(cursor - 4);
      store<u32>(cursor - 4, <u32>edgeTo + 8);
      store<u64>(edgeTo, pair | (1 << 25));
    }
    rank += 1 << 26;
  }
  return <u32>((place - out) >> 3);
}
