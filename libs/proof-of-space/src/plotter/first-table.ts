import { EXTRA_BITS } from '../constants.js';
import { f1Key, keyStreamBlock } from '../verify/f1.js';
import type { Entries } from './entries.js';
import { type PlotProgress, progressOf } from './progress.js';

const BLOCKS_AT_ONCE = 2048;

/** Table 1: y = f1(x) for every x, with x left aligned as metadata. Source: `F1Calculator::CalculateBuckets`. */
export function* firstTable(plotId: Uint8Array, k: number): Generator<PlotProgress, Entries> {
  const count = 2 ** k;
  const y = new Uint32Array(count);
  const meta = new Uint32Array(count);
  const key = f1Key(plotId);
  // 512 k bits hold 512 values, so a chunk of a multiple of k blocks starts at a value.
  const blocks = k * Math.max(1, Math.floor(BLOCKS_AT_ONCE / k));
  const stream = new Uint32Array(16 * blocks + 1);
  const perChunk = (512 * blocks) / k;
  for (let first = 0; first < count; first += perChunk) {
    const counter = (first / 512) * k;
    for (let block = 0; block < blocks; block++) keyStreamBlock(key, counter + block, stream, 16 * block);
    const end = Math.min(count, first + perChunk);
    for (let x = first, bit = 0; x < end; x++, bit += k) {
      const shift = bit & 31;
      const at = bit >>> 5;
      let word = stream[at]! << shift;
      if (shift !== 0) word |= stream[at + 1]! >>> (32 - shift);
      y[x] = ((word >>> (32 - k)) << EXTRA_BITS) | (x >>> (k - EXTRA_BITS));
      meta[x] = x << (32 - k);
    }
    yield progressOf('forward', 1, 0, 7, end / count);
  }
  return { count, words: 1, y, meta };
}
