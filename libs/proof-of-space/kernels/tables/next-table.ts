// f2..f7 on the pairs of a bucket, 64 at a time. Source: chiapos `FxCalculator::CalculateBucket`.
//
// An entry is a u32 y relative to its bucket's first, then its metadata: for table 1 x as u32 (u64 above k = 32),
// for the others the bits left aligned in u64 words, the first bits in the first word. In table 7 there is no
// metadata, y is f7 (k bits) and buckets are of a power of two.
//
// A link is a u64: left entry (25 bits), right entry or entries + edge (26), destination bucket (12), and a bit that
// says that the new entry lies in the first group of its bucket, so that the bucket before wants it as an edge.

import { blake3x4 } from '../shared/blake3';
import { addEdge, bucket, edgesSince, isEdge, openRuns, place, placeLast } from './runs';

/** Pairs that are packed before any is hashed: a vector can only be loaded well after its parts were stored. */
const BATCH: u32 = 64;
/** Bytes of the messages of four pairs: 9 words, the last always 0, by word and pair. */
const QUAD: usize = 9 * 32;
const messages = memory.data(16 * 9 * 32, 64);
const hashes = memory.data(16 * 128, 64);
const vectors = memory.data(256, 64);
const hash = memory.data(128, 64);

/** Metadata of tables 1..7 in multiples of k. */
// @ts-ignore: decorator
@inline
function multiples(table: i32): i32 {
  return table == 1 ? 1 : table == 2 ? 2 : table == 3 ? 4 : table == 4 ? 4 : table == 5 ? 3 : table == 6 ? 2 : 0;
}

/** Appends left aligned words to a message of zeros from bit `at` on. */
// @ts-ignore: decorator
@inline
function append(line: usize, at: u32, from: usize, words: i32): void {
  const shift = <u64>(at & 63);
  let to = line + (<usize>(at >> 6) << 5);
  for (let i = 0; i < words; i++, to += 32, from += 8) {
    const word = load<u64>(from);
    store<u64>(to, load<u64>(to) | (word >> shift));
    store<u64>(to, (word << 1) << (63 - shift), 32);
  }
}

/** The four messages of a quad as BLAKE3 wants them: by word of 32 bits, bytes swapped. */
// @ts-ignore: decorator
@inline
function transpose(quad: usize, words: usize): void {
  for (let i: usize = 0; i < words; i++) {
    const first = v128.load(quad + (i << 5));
    const second = v128.load(quad + (i << 5), 16);
    const to = vectors + (i << 5);
    v128.store(to, v128.shuffle<u8>(first, second, 7, 6, 5, 4, 15, 14, 13, 12, 23, 22, 21, 20, 31, 30, 29, 28));
    v128.store(to, v128.shuffle<u8>(first, second, 3, 2, 1, 0, 11, 10, 9, 8, 19, 18, 17, 16, 27, 26, 25, 24), 16);
  }
}

/** The first 256 bits of the four hashes as words of 64 bits, by word and pair. */
// @ts-ignore: decorator
@inline
function transposeBack(to: usize): void {
  for (let i: usize = 0; i < 4; i++) {
    const high = v128.load(hash + (i << 5));
    const low = v128.load(hash + (i << 5), 16);
    const at = to + (i << 5);
    v128.store(at, v128.shuffle<u8>(high, low, 19, 18, 17, 16, 3, 2, 1, 0, 23, 22, 21, 20, 7, 6, 5, 4));
    v128.store(at, v128.shuffle<u8>(high, low, 27, 26, 25, 24, 11, 10, 9, 8, 31, 30, 29, 28, 15, 14, 13, 12), 16);
  }
}

/**
 * Computes the entries that pairs make and sorts them into runs by destination bucket.
 *
 * @param table the table made, 2..7
 * @param entries those of table - 1, `stride` bytes each
 * @param base y of the bucket's first group
 * @param pairs `count` pairs of u32 entry numbers
 * @param links receives a u64 for each pair
 * @param runs, outStride, capacity, counts, buckets, width, edges, edgeRoom see `openRuns`
 * @returns the number of edges, or -1 when a run or the edges have no room
 */
export function nextTable(
  k: i32,
  table: i32,
  entries: usize,
  stride: usize,
  base: u64,
  pairs: usize,
  count: u32,
  links: usize,
  runs: usize,
  outStride: usize,
  capacity: u32,
  counts: usize,
  buckets: u32,
  width: u32,
  edges: usize,
  edgeRoom: u32,
): i32 {
  const yBits: u32 = k + 6;
  const inBits: u32 = k * multiples(table - 1);
  const inWords: i32 = (inBits + 63) >> 6;
  const outBits: u32 = k * multiples(table);
  const outWords: i32 = (outBits + 63) >> 6;
  const outMask: u64 = (outBits & 63) == 0 ? ~0 : ~((<u64>~0) >> (outBits & 63));
  const messageBits = yBits + 2 * inBits;
  const messageWords: usize = (messageBits + 63) >> 6;
  const messageBytes: i32 = (messageBits + 7) >> 3;
  const rightAt = yBits + inBits;
  const rightShift = <u64>(rightAt & 63);
  const rightWord = <usize>(rightAt >> 6) << 5;
  const fromX = table == 2;
  const wideX = k > 32;
  const xShift: u64 = 64 - k;
  const joins = table < 4;
  const last = table == 7;
  const yShift: u64 = 64 - yBits;
  const yUp = <u64>yBits;
  openRuns(runs, outStride, capacity, counts, buckets, width, edges, edgeRoom);
  memory.fill(vectors, 0, 256);
  for (let first: u32 = 0; first < count; first += BATCH) {
    const size: u32 = min(BATCH, count - first);
    for (let i: u32 = 0; i < size; i++) {
      const pair = pairs + (<usize>(first + i) << 3);
      const left = entries + <usize>load<u32>(pair) * stride;
      const right = entries + <usize>load<u32>(pair, 4) * stride;
      const line = messages + <usize>(i >> 2) * QUAD + (<usize>(i & 3) << 3);
      const y = (base + load<u32>(left)) << yShift;
      if (inWords == 1) {
        let l: u64;
        let r: u64;
        if (fromX) {
          l = (wideX ? load<u64>(left, 4) : <u64>load<u32>(left, 4)) << xShift;
          r = (wideX ? load<u64>(right, 4) : <u64>load<u32>(right, 4)) << xShift;
        } else {
          l = load<u64>(left, 4);
          r = load<u64>(right, 4);
        }
        store<u64>(line, y | (l >> yUp));
        store<u64>(line, l << yShift, 32);
        store<u64>(line, 0, 64);
        const to = line + rightWord;
        store<u64>(to, load<u64>(to) | (r >> rightShift));
        store<u64>(to, (r << 1) << (63 - rightShift), 32);
      } else if (inWords == 2) {
        const l0 = load<u64>(left, 4);
        const l1 = load<u64>(left, 12);
        const r0 = load<u64>(right, 4);
        const r1 = load<u64>(right, 12);
        store<u64>(line, y | (l0 >> yUp));
        store<u64>(line, (l0 << yShift) | (l1 >> yUp), 32);
        store<u64>(line, l1 << yShift, 64);
        const to = line + rightWord;
        store<u64>(to, load<u64>(to) | (r0 >> rightShift));
        store<u64>(to, ((r0 << 1) << (63 - rightShift)) | (r1 >> rightShift), 32);
        store<u64>(to, (r1 << 1) << (63 - rightShift), 64);
      } else {
        for (let word: usize = 0; word < 9; word++) store<u64>(line + (word << 5), 0);
        store<u64>(line, y);
        append(line, yBits, left + 4, inWords);
        append(line, rightAt, right + 4, inWords);
      }
    }
    for (let i: u32 = 0; i < size; i += 4) {
      transpose(messages + <usize>(i >> 2) * QUAD, messageWords);
      blake3x4(vectors, messageBytes, hash);
      transposeBack(hashes + (<usize>(i >> 2) << 7));
    }
    for (let i: u32 = 0; i < size; i++) {
      const words = hashes + (<usize>(i >> 2) << 7) + (<usize>(i & 3) << 3);
      const h = load<u64>(words);
      const entry = last ? placeLast(h >> xShift) : place(h >> yShift);
      if (entry == 0) return -1;
      if (!last) {
        // the bits after y: of the message when the metadata is both sides' together, else of the hash
        const from = joins ? messages + <usize>(i >> 2) * QUAD + (<usize>(i & 3) << 3) : words;
        let high = load<u64>(from);
        for (let word = 0; word < outWords; word++) {
          const low = load<u64>(from + (<usize>(word + 1) << 5));
          store<u64>(entry + (<usize>word << 3), (high << yUp) | (low >> yShift), 4);
          high = low;
        }
        const end = entry + (<usize>(outWords - 1) << 3);
        store<u64>(end, load<u64>(end, 4) & outMask, 4);
      }
      const pair = pairs + (<usize>(first + i) << 3);
      let link = <u64>load<u32>(pair) | (<u64>load<u32>(pair, 4) << 25) | (<u64>bucket << 51);
      if (isEdge) {
        link |= <u64>1 << 63;
        if (!addEdge(entry)) return -1;
      }
      store<u64>(links + (<usize>(first + i) << 3), link);
    }
  }
  return edgesSince(edges);
}
