// Sorts what is spread evenly: into parts that fit the fast caches, each part into cells of about one element, and
// then an insertion sort, in which hardly anything moves far. There are two kinds of elements: `u64`, which are their
// own key, and `u32`, which stands for three of them, a line point entry, whose key are the upper two.

// @ts-ignore: decorator
@inline
function bytesOf<T>(): usize {
  return sizeof<T>() == 8 ? 8 : 12;
}

// @ts-ignore: decorator
@inline
function keyAt<T>(at: usize): u64 {
  return sizeof<T>() == 8 ? load<u64>(at) : load<u64>(at, 4);
}

/** Copies an element, whose key is known already. */
// @ts-ignore: decorator
@inline
function put<T>(to: usize, from: usize, key: u64): void {
  if (sizeof<T>() == 8) {
    store<u64>(to, key);
  } else {
    store<u32>(to, load<u32>(from));
    store<u64>(to, key, 4);
  }
}

// @ts-ignore: decorator
@inline
function spread<T>(from: usize, end: usize, to: usize, cells: usize, cellCount: u32, shift: u64, mask: u64): void {
  memory.fill(cells, 0, <usize>cellCount << 2);
  for (let at = from; at < end; at += bytesOf<T>()) {
    const cell = cells + (<usize>((keyAt<T>(at) >> shift) & mask) << 2);
    store<u32>(cell, load<u32>(cell) + 1);
  }
  let start = to;
  for (let cell = cells, last = cells + (<usize>cellCount << 2); cell < last; cell += 4) {
    const count = load<u32>(cell);
    store<u32>(cell, <u32>start);
    start += <usize>count * bytesOf<T>();
  }
  for (let at = from; at < end; at += bytesOf<T>()) {
    const key = keyAt<T>(at);
    const cell = cells + (<usize>((key >> shift) & mask) << 2);
    const place = <usize>load<u32>(cell);
    store<u32>(cell, <u32>(place + bytesOf<T>()));
    put<T>(place, at, key);
  }
}

// @ts-ignore: decorator
@inline
function insertionSort<T>(from: usize, end: usize): void {
  let before: u64 = 0;
  for (let at = from; at < end; at += bytesOf<T>()) {
    const key = keyAt<T>(at);
    if (key >= before) {
      before = key;
      continue;
    }
    const lowest = load<u32>(at);
    let to = at;
    do {
      const previous = to - bytesOf<T>();
      put<T>(to, previous, keyAt<T>(previous));
      to = previous;
    } while (to > from && keyAt<T>(to - bytesOf<T>()) > key);
    if (sizeof<T>() == 8) {
      store<u64>(to, key);
    } else {
      store<u32>(to, lowest);
      store<u64>(to, key, 4);
    }
  }
}

/** Bits that a number has. */
// @ts-ignore: decorator
@inline
function bitsOf(value: u64): u64 {
  return 64 - clz(value);
}

/**
 * Sorts by key.
 *
 * @param elements `count` of them. Overwritten.
 * @param room of the same size
 * @param cells room for `sortCells(count)` u32, see src/plotter/compress
 * @param width the upper bits of keys, without the lowest `drop`, are below it and spread evenly
 * @param partBits log2 of the cells that a part has; more are parted first
 * @returns where the sorted ones are: `elements` or `room`
 */
// @ts-ignore: decorator
@inline
export function sortEvenly<T>(
  elements: usize,
  count: u32,
  room: usize,
  cells: usize,
  width: u64,
  drop: u64,
  partBits: u64,
): usize {
  const bytes = <usize>count * bytesOf<T>();
  const bits = bitsOf(width - 1);
  const cellBits = min<u64>(bits, bitsOf(count));
  const cellShift = bits - cellBits;
  if (cellBits <= partBits) {
    const cellCount = <u32>((width - 1) >> cellShift) + 1;
    spread<T>(elements, elements + bytes, room, cells, cellCount, cellShift + drop, -1);
    insertionSort<T>(room, room + bytes);
    return room;
  }
  const partShift = cellShift + partBits;
  const parts = <u32>((width - 1) >> partShift) + 1;
  const perPart = <u32>1 << <u32>partBits;
  const ends = cells + (<usize>perPart << 2);
  spread<T>(elements, elements + bytes, room, ends, parts, partShift + drop, -1);
  let from = room;
  for (let part: u32 = 0; part < parts; part++) {
    const to = <usize>load<u32>(ends + (<usize>part << 2));
    const start = elements + (from - room);
    spread<T>(from, to, start, cells, perPart, cellShift + drop, perPart - 1);
    insertionSort<T>(start, elements + (to - room));
    from = to;
  }
  return elements;
}

/** Sorts line point entries of 12 bytes, relative to a bucket `width` wide. See `sortEvenly`. */
export function sortLinePoints(
  entries: usize,
  count: u32,
  room: usize,
  cells: usize,
  width: u64,
  partBits: u64,
): usize {
  // 6 bits of the id are in the upper two thirds.
  return sortEvenly<u32>(entries, count, room, cells, width, 6, partBits);
}
