// Phase 2: which entries of a table lead to an entry of the last table.

/**
 * Marks what the live links of one source bucket use.
 *
 * @param links `count` u64 links (see next-table.ts)
 * @param live the bits of the entries that the links made, least significant first
 * @param cursors by destination bucket, u32: the bit of the next entry that went there. Moved on by this.
 * @param allLive not 0 when all those entries count, whatever `live` says
 * @param marks receives a bit for each entry of the bucket and each edge; zero at first
 */
export function markLinks(links: usize, count: u32, live: usize, cursors: usize, allLive: i32, marks: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const link = load<u64>(links + (i << 3));
    if (allLive == 0) {
      const cursor = cursors + (<usize>((link >> 51) & 4095) << 2);
      const bit = load<u32>(cursor);
      store<u32>(cursor, bit + 1);
      if (((load<u8>(live + (bit >> 3)) >> (bit & 7)) & 1) == 0) continue;
    }
    const left = <u32>(link & 0x1ffffff);
    const right = <u32>((link >> 25) & 0x3ffffff);
    const leftAt = marks + (left >> 3);
    store<u8>(leftAt, load<u8>(leftAt) | <u8>(<u32>1 << (left & 7)));
    const rightAt = marks + (right >> 3);
    store<u8>(rightAt, load<u8>(rightAt) | <u8>(<u32>1 << (right & 7)));
  }
}
