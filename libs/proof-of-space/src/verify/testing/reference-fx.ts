import { EXTRA_BITS, METADATA_MULTIPLES } from '../../constants.js';
import { orBits, sliceBits, swap32, wordsFor } from './hash/bit-strings.js';
import { blake3Block } from './hash/blake3-block.js';

/**
 * f2..f7: from a matching pair of entries of table t - 1 to the y and metadata of an entry of table t. Source:
 * chiapos `FxCalculator::CalculateBucket`. An instance owns its buffers and is not reentrant.
 */
export class Fx {
  /** Words of metadata that an entry of table t - 1 has, and those of table t. */
  readonly inWords: number;
  readonly outWords: number;
  /** y of the last `compute`: k + 6 bits, left aligned in two words. */
  y0 = 0;
  y1 = 0;

  private readonly yBits: number;
  private readonly inBits: number;
  private readonly outBits: number;
  private readonly byteLength: number;
  private readonly messageWords: number;
  private readonly concatenates: boolean;
  private readonly message = new Uint32Array(17);
  private readonly hash = new Uint32Array(8);

  /** @param table the table made, 2..7 */
  constructor(k: number, table: number) {
    this.yBits = k + EXTRA_BITS;
    this.inBits = k * METADATA_MULTIPLES[table - 1]!;
    this.outBits = k * METADATA_MULTIPLES[table]!;
    this.inWords = wordsFor(this.inBits);
    this.outWords = wordsFor(this.outBits);
    const messageBits = this.yBits + 2 * this.inBits;
    this.byteLength = (messageBits + 7) >>> 3;
    this.messageWords = wordsFor(messageBits);
    this.concatenates = table < 4;
  }

  /**
   * @param leftY0 y of the left entry, left aligned, in two words (`leftY1` is 0 when k + 6 <= 32)
   * @param meta words of metadata of table t - 1; `left` and `right` are where the two entries' begin
   * @param out receives `outWords` words at `at`; may be the same array as `meta`
   */
  compute(
    leftY0: number,
    leftY1: number,
    meta: Uint32Array,
    left: number,
    right: number,
    out: Uint32Array,
    at: number,
  ): void {
    const { message, hash, inWords, messageWords, yBits } = this;
    message.fill(0, 0, messageWords);
    message[0] = leftY0;
    message[1] = leftY1;
    orBits(message, yBits, meta, left, inWords);
    orBits(message, yBits + this.inBits, meta, right, inWords);
    if (this.concatenates) sliceBits(out, at, message, yBits, this.outBits);
    for (let i = 0; i < messageWords; i++) message[i] = swap32(message[i]!);
    blake3Block(message, this.byteLength, hash);
    const h0 = swap32(hash[0]!);
    if (yBits <= 32) {
      this.y0 = yBits === 32 ? h0 : ((h0 >>> (32 - yBits)) << (32 - yBits)) >>> 0;
      this.y1 = 0;
    } else {
      this.y0 = h0;
      this.y1 = ((swap32(hash[1]!) >>> (64 - yBits)) << (64 - yBits)) >>> 0;
    }
    if (!this.concatenates && this.outBits !== 0) {
      for (let i = 0; i < 8; i++) hash[i] = swap32(hash[i]!);
      sliceBits(out, at, hash, yBits, this.outBits);
    }
  }
}
