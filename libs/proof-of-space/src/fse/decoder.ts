import type { DeltaDistribution } from './distributions.js';
import { countOf, spreadSymbols, TABLE_LOG, TABLE_SIZE } from './spread.js';

/** Decodes the entropy coded deltas of a park. Source: FiniteStateEntropy `fse_decompress.c`. */
export class FseDecoder {
  private readonly symbols: Uint8Array;
  private readonly bits = new Uint8Array(TABLE_SIZE);
  private readonly next = new Uint16Array(TABLE_SIZE);

  constructor(distribution: DeltaDistribution) {
    this.symbols = spreadSymbols(distribution);
    const following = new Uint32Array(distribution.symbols);
    for (let symbol = 0; symbol < distribution.symbols; symbol++) {
      following[symbol] = Math.abs(countOf(distribution, symbol));
    }
    for (let state = 0; state < TABLE_SIZE; state++) {
      const value = following[this.symbols[state]!]!++;
      const bits = TABLE_LOG - (31 - Math.clz32(value));
      this.bits[state] = bits;
      this.next[state] = (value << bits) - TABLE_SIZE;
    }
  }

  /**
   * Decodes the stream in `data[at, at + size)`, which is read from its end, into `out`.
   *
   * @param wanted stop after this many symbols; the first ones are decoded first
   * @returns the number of symbols, or -1 when the bytes are no stream or hold more symbols than `out`
   */
  decode(data: Uint8Array, at: number, size: number, out: Uint8Array, wanted = out.length + 1): number {
    if (size < 1 || at + size > data.length) return -1;
    const last = data[at + size - 1]!;
    if (last === 0) return -1;
    // Bits still unread; the highest set bit of the last byte is the end mark.
    let left = 8 * (size - 1) + 31 - Math.clz32(last) - 2 * TABLE_LOG;
    if (left < 0) return -1;
    let odd = readBits(data, at, left, TABLE_LOG);
    let even = readBits(data, at, left + TABLE_LOG, TABLE_LOG);
    let count = 0;
    while (count < wanted) {
      if (count + 2 > out.length) return -1;
      const state = even;
      out[count++] = this.symbols[state]!;
      const bits = this.bits[state]!;
      left -= bits;
      even = odd;
      if (left < 0) {
        out[count++] = this.symbols[even]!;
        return count;
      }
      odd = this.next[state]! + readBits(data, at, left, bits);
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
