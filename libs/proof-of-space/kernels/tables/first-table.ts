// f1 on a range of x. Source: chiapos `F1Calculator::CalculateBuckets`.

import { chacha8Blocks4 } from '../shared/chacha8';
import { addEdge, edgesSince, isEdge, openRuns, place } from './runs';

/** x values whose key-stream bits fill whole blocks: 512 of k bits are k blocks of 512 bits. */
const STEP: u32 = 512;
/** Key stream of a step for the largest k (50), rounded up to four blocks; and a word beyond. */
const stream = memory.data(52 * 64 + 16, 16);

/**
 * Computes the entries of table 1 for `count` values of x from `first` on and sorts them into runs.
 *
 * @param key the ChaCha8 key, 8 little-endian words
 * @param first, count multiples of 512
 * @param runs, outStride, capacity, counts, buckets, width, edges, edgeRoom see `openRuns`
 * @returns the number of edges, or -1 when a run or the edges have no room
 */
export function firstTable(
  key: usize,
  k: u32,
  first: u64,
  count: u32,
  runs: usize,
  outStride: usize,
  capacity: u32,
  counts: usize,
  buckets: u32,
  width: u32,
  edges: usize,
  edgeRoom: u32,
): i32 {
  openRuns(runs, outStride, capacity, counts, buckets, width, edges, edgeRoom);
  const wide = k > 32;
  const down: u64 = 64 - k;
  for (let done: u32 = 0; done < count; done += STEP) {
    const start = first + done;
    const block = (start >> 9) * k;
    for (let i: u32 = 0; i < k; i += 4) chacha8Blocks4(key, block + i, stream + (<usize>i << 6));
    for (let i: u32 = 0; i < k * 64; i += 16) {
      const at = stream + i;
      const bytes = v128.load(at);
      v128.store(at, v128.shuffle<u8>(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
    }
    for (let i: u32 = 0, bit: u32 = 0; i < STEP; i++, bit += k) {
      const word = stream + (<usize>(bit >> 6) << 3);
      const shift = <u64>(bit & 63);
      const bits = (load<u64>(word) << shift) | ((load<u64>(word, 8) >> 1) >> (63 - shift));
      const x = start + i;
      const entry = place(((bits >> down) << 6) | (x >> (k - 6)));
      if (entry == 0) return -1;
      if (wide) store<u64>(entry, x, 4);
      else store<u32>(entry, <u32>x, 4);
      if (isEdge && !addEdge(entry)) return -1;
    }
  }
  return edgesSince(edges);
}
