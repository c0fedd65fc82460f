import type { DeltaDistribution } from './distributions.js';
import { countOf, spreadSymbols, TABLE_LOG, TABLE_SIZE } from './spread.js';

/** Decodes the entropy coded deltas of a park. Source: FiniteStateEntropy `fse_decompress.c`. */
export class FseDecoder {
  /** By state, in one word so that a symbol costs one look: next state << 16 | bits to add << 8 | symbol. */
  private readonly table = new Uint32Array(TABLE_SIZE);

  constructor(distribution: DeltaDistribution) {
    const symbols = spreadSymbols(distribution);
    const following = new Uint32Array(distribution.symbols);
    for (let symbol = 0; symbol < distribution.symbols; symbol++) {
      following[symbol] = Math.abs(countOf(distribution, symbol));
    }
    for (let state = 0; state < TABLE_SIZE; state++) {
      const symbol = symbols[state]!;
      const value = following[symbol]!++;
      const bits = TABLE_LOG - (31 - Math.clz32(value));
      this.table[state] = (((value << bits) - TABLE_SIZE) << 16) | (bits << 8) | symbol;
    }
  }

  /**
   * Decodes the stream in `data[at, at + size)`, which is read from its end, into `out`.
   *
   * @param wanted stop after this many symbols; the first ones are decoded first
   * @param beyond stop when the symbols decoded so far come to more than this in all
   * @returns the number of symbols, or -1 when the bytes are no stream or hold more symbols than `out`
   */
  decode(
    data: Uint8Array,
    at: number,
    size: number,
    out: Uint8Array,
    wanted = out.length + 1,
    beyond = 2 ** 30,
  ): number {
    if (size < 1 || at + size > data.length) return -1;
    const last = data[at + size - 1]!;
    if (last === 0) return -1;
    // Bits still unread; the highest set bit of the last byte is the end mark.
    let left = 8 * (size - 1) + 31 - Math.clz32(last) - 2 * TABLE_LOG;
    if (left < 0) return -1;
    const { table } = this;
    const room = out.length;
    let odd = readBits(data, at, left, TABLE_LOG);
    let even = readBits(data, at, left + TABLE_LOG, TABLE_LOG);
    let count = 0;
    let total = 0;
    // From here on the bits lie below those of two whole states, so that a window of three bytes is always there.
    while (count < wanted && total <= beyond) {
      if (count + 2 > room) return -1;
      const entry = table[even]!;
      out[count++] = entry;
      total += entry & 0xff;
      const bits = (entry >>> 8) & 0xff;
      left -= bits;
      even = odd;
      if (left < 0) {
        out[count++] = table[even]!;
        return count;
      }
      const byte = at + (left >>> 3);
      const window = data[byte]! | (data[byte + 1]! << 8) | (data[byte + 2]! << 16);
      odd = (entry >>> 16) + ((window >>> (left & 7)) & ((1 << bits) - 1));
    }
    return count;
  }
}

/** `count` (up to 14) bits from bit `bit`, least significant first. Bytes past the data read as zero. */
function readBits(data: Uint8Array, at: number, bit: number, count: number): number {
  const byte = at + (bit >>> 3);
  const window = data[byte]! | ((data[byte + 1] ?? 0) << 8) | ((data[byte + 2] ?? 0) << 16);
  return (window >>> (bit & 7)) & ((1 << count) - 1);
}
