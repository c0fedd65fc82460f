// Step A of phase 3: the links of one source bucket become line points, grouped by line point bucket.

// `rel / step` is `(rel * inverse) >> DIVISION_BITS` for what src/plotter/compress/line-point-buckets.ts allows.
const DIVISION_BITS: u64 = 50;

/** Links whose values are fetched at once. */
const BLOCK: usize = 256;
const gathered = memory.data(256 * 16);

/** Of the 36 bits of a wide value, these are multiplied apart. */
const LOW_BITS: u64 = 18;

// @ts-ignore: decorator
@inline
function linePoints<V>(
  links: usize,
  count: u32,
  values: usize,
  cursors: usize,
  live: usize,
  allLive: u32,
  buckets: u32,
  shift: u64,
  inverse: u64,
  width: u64,
  found: usize,
  counts: usize,
): u32 {
  let to = found;
  const end = links + (<usize>count << 3);
  for (let block = links; block < end; block += BLOCK << 3) {
    const blockEnd = min<usize>(end, block + (BLOCK << 3));
    // Values far apart are fetched in a loop of their own, short enough for many fetches to wait at the same time.
    let fetched = gathered;
    for (let at = block; at < blockEnd; at += 8) {
      const link = load<u64>(at);
      store<V>(fetched, load<V>(values + <usize>(link & 0x1ffffff) * sizeof<V>()));
      store<V>(fetched, load<V>(values + <usize>((link >> 25) & 0x3ffffff) * sizeof<V>()), sizeof<V>());
      fetched += 2 * sizeof<V>();
    }
    fetched = gathered;
    for (let at = block; at < blockEnd; at += 8) {
      const link = load<u64>(at);
      const target = <u32>(link >> 51);
      const cursor = cursors + (<usize>(target & 4095) << 3);
      const slot = load<u32>(cursor);
      const bit = load<u32>(cursor, 4);
      store<u32>(cursor, slot + 1);
      store<u32>(cursor, bit + 1, 4);
      // Dead links are computed too and then overwritten: cheaper than a branch that is hard to foresee.
      const alive = allLive | (<u32>(load<u8>(live + (bit >> 3)) >> (bit & 7)) & 1);
      const a = <u64>load<V>(fetched);
      const b = <u64>load<V>(fetched, sizeof<V>());
      fetched += 2 * sizeof<V>();
      const x = a > b ? a : b;
      const y = a > b ? b : a;
      let low: u64;
      let high: u64;
      if (sizeof<V>() == 4) {
        low = ((x * (x - 1)) >> 1) + y;
        high = low >> shift;
      } else {
        // One of x and x - 1 is even; no product reaches 64 bits.
        const odd = x & 1;
        const factor = (x - odd) >> 1;
        const other = x - 1 + odd;
        const upper = (factor >> LOW_BITS) * other;
        const lower = (factor & ((1 << LOW_BITS) - 1)) * other + y;
        low = (upper << LOW_BITS) + lower;
        high = (upper + (lower >> LOW_BITS)) >> (shift - LOW_BITS);
      }
      const quotient = <u32>((high * inverse) >> DIVISION_BITS);
      const bucket = quotient < buckets ? quotient : buckets;
      const rel = low - <u64>bucket * width;
      store<u64>(to, (rel << 38) | (<u64>target << 25) | slot);
      store<u64>(to, ((<u64>bucket) << 32) | (rel >> 26), 8);
      const counter = counts + (<usize>bucket << 2);
      store<u32>(counter, load<u32>(counter) + alive);
      to += <usize>(alive << 4);
    }
  }
  return <u32>((to - found) >> 4);
}

/**
 * Line points of the live links, in their order, and how many fall into each bucket.
 *
 * @param links `count` u64: left slot 25 | right 26 | bucket of the new entry 12 | edge 1, from the lowest bit on
 * @param values u32 (u64 when `wide`) that left and right are indices of: x or positions
 * @param cursors (slot, live bit) u32 each for each of 4096 buckets: those of its next entry. Moved on by this.
 * @param live bits, least significant first
 * @param allLive 1 when every link counts, whatever `live` says; else 0
 * @param buckets line point buckets, each `width` wide; of a line point LP, `(LP >> shift) / (width >> shift)` is it
 * @param inverse of width >> shift
 * @param found receives (entry 12 bytes, bucket u32) each; 16 bytes more are written to
 * @param counts receives u32 by bucket, and one for line points beyond them all
 * @returns how many
 */
export function findLinePoints(
  links: usize,
  count: u32,
  values: usize,
  wide: bool,
  cursors: usize,
  live: usize,
  allLive: u32,
  buckets: u32,
  shift: u64,
  inverse: u64,
  width: u64,
  found: usize,
  counts: usize,
): u32 {
  memory.fill(counts, 0, (<usize>buckets + 1) << 2);
  return wide
    ? linePoints<u64>(
        links, count, values, cursors, live, allLive, buckets, shift, inverse, width, found, counts,
      )
    : linePoints<u32>(
        links, count, values, cursors, live, allLive, buckets, shift, inverse, width, found, counts,
      );
}

/**
 * Groups line points by bucket.
 *
 * @param found as `findLinePoints` left them
 * @param places room for a u32 by bucket
 * @param out receives 12 bytes each: rel << 38 | edge << 37 | bucket of the entry << 25 | slot
 */
export function groupLinePoints(
  found: usize,
  count: u32,
  counts: usize,
  buckets: u32,
  places: usize,
  out: usize,
): void {
  let place = out;
  for (let bucket: u32 = 0; bucket < buckets; bucket++) {
    store<u32>(places + (<usize>bucket << 2), <u32>place);
    place += <usize>load<u32>(counts + (<usize>bucket << 2)) * 12;
  }
  for (let at = found, end = found + (<usize>count << 4); at < end; at += 16) {
    const upper = load<u64>(at, 8);
    const cursor = places + (<usize>(upper >> 32) << 2);
    const to = <usize>load<u32>(cursor);
    store<u32>(cursor, <u32>to + 12);
    store<u64>(to, load<u64>(at));
    store<u32>(to, <u32>upper, 8);
  }
}
