// Sorts what is spread evenly: into parts that fit the fast caches, each part into cells of about one element, and
// then an insertion sort, in which hardly anything moves far.

/** Bytes of a line point entry; its key is the u64 from byte 4 on, of which 6 bits belong to the id. */
const ENTRY: usize = 12;
const KEY_AT: usize = 4;
const ID_BITS: u64 = 6;

// @ts-ignore: decorator
@inline
function toStarts(counts: usize, cells: u32, first: usize): void {
  let place = <u32>first;
  for (let at = counts, end = counts + (<usize>cells << 2); at < end; at += 4) {
    const count = load<u32>(at);
    store<u32>(at, place);
    place += count * <u32>ENTRY;
  }
}

// @ts-ignore: decorator
@inline
function spread(from: usize, end: usize, to: usize, cells: usize, cellCount: u32, shift: u64, mask: u64): void {
  memory.fill(cells, 0, <usize>cellCount << 2);
  for (let at = from; at < end; at += ENTRY) {
    const cell = cells + (<usize>((load<u64>(at, KEY_AT) >> shift) & mask) << 2);
    store<u32>(cell, load<u32>(cell) + 1);
  }
  toStarts(cells, cellCount, to);
  for (let at = from; at < end; at += ENTRY) {
    const key = load<u64>(at, KEY_AT);
    const cell = cells + (<usize>((key >> shift) & mask) << 2);
    const place = <usize>load<u32>(cell);
    store<u32>(cell, <u32>(place + ENTRY));
    store<u32>(place, load<u32>(at));
    store<u64>(place, key, KEY_AT);
  }
}

// @ts-ignore: decorator
@inline
function insertionSort(from: usize, end: usize): void {
  let before: u64 = 0;
  for (let at = from; at < end; at += ENTRY) {
    const key = load<u64>(at, KEY_AT);
    if (key >= before) {
      before = key;
      continue;
    }
    const id = load<u32>(at);
    let to = at;
    do {
      store<u32>(to, load<u32>(to - ENTRY));
      store<u64>(to, load<u64>(to - ENTRY, KEY_AT), KEY_AT);
      to -= ENTRY;
    } while (to > from && load<u64>(to - ENTRY, KEY_AT) > key);
    store<u32>(to, id);
    store<u64>(to, key, KEY_AT);
  }
}

/** Bits that a number has. */
// @ts-ignore: decorator
@inline
function bitsOf(value: u64): u64 {
  return 64 - clz(value);
}

/**
 * Sorts line point entries by what they are relative to their bucket.
 *
 * @param entries `count` of 12 bytes. Overwritten.
 * @param room of the same size
 * @param cells room for `sortCells(count)` u32
 * @param width of the bucket
 * @param partBits log2 of the entries that a part has at most, about
 * @returns where the sorted ones are: `entries` or `room`
 */
export function sortEntries(entries: usize, count: u32, room: usize, cells: usize, width: u64, partBits: u64): usize {
  const end = entries + <usize>count * ENTRY;
  const bits = bitsOf(width - 1);
  const cellBits = min<u64>(bits, bitsOf(count));
  const cellShift = bits - cellBits;
  if (cellBits <= partBits) {
    const cellCount = <u32>((width - 1) >> cellShift) + 1;
    spread(entries, end, room, cells, cellCount, cellShift + ID_BITS, -1);
    insertionSort(room, room + <usize>count * ENTRY);
    return room;
  }
  const partShift = cellShift + partBits;
  const parts = <u32>((width - 1) >> partShift) + 1;
  const perPart = <u32>1 << <u32>partBits;
  const ends = cells + (<usize>perPart << 2);
  spread(entries, end, room, ends, parts, partShift + ID_BITS, -1);
  let from = room;
  for (let part: u32 = 0; part < parts; part++) {
    const to = <usize>load<u32>(ends + (<usize>part << 2));
    const start = entries + (from - room);
    spread(from, to, start, cells, perPart, cellShift + ID_BITS, perPart - 1);
    insertionSort(start, entries + (to - room));
    from = to;
  }
  return entries;
}
