import { PROOF_X_VALUES } from '../../constants.js';
import { f1Key } from '../f1.js';
import { bytesToWords, leadingNumber, orBits, sliceBits, wordsToBytes } from './hash/bit-strings.js';
import { f1 } from './reference-f1.js';
import { Fx } from './reference-fx.js';
import { isMatch } from './reference-match.js';

/** Words kept per node: 4 * 50 bits of metadata. */
const STRIDE = 7;

/**
 * The binary tree of a proof for one k: 64 values of x below, one f7 above, one pair after another. The kernel is
 * tested against it: it shares no code with the kernel.
 */
export class ReferenceTree {
  /** The x values in the order of the proof. */
  readonly x = new Float64Array(PROOF_X_VALUES);
  private readonly swapped = new Float64Array(PROOF_X_VALUES / 2);
  private readonly fx: Fx[] = [];
  private readonly y = new Uint32Array(2 * PROOF_X_VALUES);
  private readonly meta = new Uint32Array(STRIDE * PROOF_X_VALUES);
  private readonly proofWords: Uint32Array;

  constructor(readonly k: number) {
    for (let table = 2; table <= 7; table++) this.fx.push(new Fx(k, table));
    this.proofWords = new Uint32Array(2 * k + 1);
  }

  /** Takes the x values from the 8k bytes of a proof. */
  loadProof(proof: Uint8Array): void {
    bytesToWords(this.proofWords, proof);
    for (let i = 0; i < PROOF_X_VALUES; i++) {
      sliceBits(this.meta, i * STRIDE, this.proofWords, i * this.k, this.k);
      this.x[i] = leadingNumber(this.meta, i * STRIDE, this.k);
    }
  }

  /** Takes 64 x values, integers below 2^k. */
  loadX(values: ArrayLike<number>): void {
    for (let i = 0; i < PROOF_X_VALUES; i++) {
      const x = values[i]!;
      this.x[i] = x;
      packX(this.meta, i * STRIDE, x, this.k);
    }
  }

  /**
   * Computes f1..f7 from the leaves up and says whether all neighbours match and the top k bits of f7 are those of
   * the challenge. With `reorder` the half with the smaller y is put on the left first, which turns the order of
   * a plot file into that of a proof (chiapos `DiskProver::ReorderProof`). Without `strict` it goes on after a
   * pair that does not match.
   */
  fold(plotId: Uint8Array, challenge: Uint8Array, reorder: boolean, strict = true): boolean {
    const { k, y, meta } = this;
    let good = true;
    const key = f1Key(plotId);
    for (let i = 0; i < PROOF_X_VALUES; i++) f1(key, k, this.x[i]!, y, 2 * i);
    for (let level = 0; level < 6; level++) {
      const fx = this.fx[level]!;
      const pairs = 32 >>> level;
      for (let pair = 0; pair < pairs; pair++) {
        let left = 2 * pair;
        let right = left + 1;
        if (reorder && this.isGreater(left, right)) {
          this.swapLeaves(left << level, 1 << level);
          left = right;
          right = 2 * pair;
        }
        const left0 = y[2 * left]!;
        const left1 = y[2 * left + 1]!;
        if (!isMatch(k, left0, left1, y[2 * right]!, y[2 * right + 1]!)) good = false;
        if (strict && !good) return false;
        fx.compute(left0, left1, meta, left * STRIDE, right * STRIDE, meta, pair * STRIDE);
        y[2 * pair] = fx.y0;
        y[2 * pair + 1] = fx.y1;
      }
    }
    return good && this.answers(challenge);
  }

  /** The proof of the loaded values: 8k bytes, k bits each. */
  toProof(): Uint8Array {
    const words = new Uint32Array(2 * this.k + 2);
    const value = new Uint32Array(2);
    for (let i = 0; i < PROOF_X_VALUES; i++) {
      packX(value, 0, this.x[i]!, this.k);
      orBits(words, i * this.k, value, 0, 2);
    }
    const proof = new Uint8Array(8 * this.k);
    wordsToBytes(proof, 0, words, proof.length);
    return proof;
  }

  /** f7 of the last `fold`, k + 6 bits left aligned in two words. */
  get top(): readonly [number, number] {
    return [this.y[0]!, this.y[1]!];
  }

  private isGreater(a: number, b: number): boolean {
    const a0 = this.y[2 * a]!;
    const b0 = this.y[2 * b]!;
    return a0 !== b0 ? a0 > b0 : this.y[2 * a + 1]! > this.y[2 * b + 1]!;
  }

  private swapLeaves(start: number, length: number): void {
    const { x, swapped } = this;
    swapped.set(x.subarray(start, start + length));
    x.copyWithin(start, start + length, start + 2 * length);
    x.set(swapped.subarray(0, length), start + length);
  }

  private answers(challenge: Uint8Array): boolean {
    const wanted = new Uint32Array(2);
    bytesToWords(wanted, challenge.subarray(0, 8));
    return leadingNumber(this.y, 0, this.k) === leadingNumber(wanted, 0, this.k);
  }
}

/** Writes x as a left aligned string of k bits in two words at `at`. */
export function packX(out: Uint32Array, at: number, x: number, k: number): void {
  if (k <= 32) {
    out[at] = x * 2 ** (32 - k);
    out[at + 1] = 0;
  } else {
    out[at] = Math.floor(x / 2 ** (k - 32));
    out[at + 1] = (x % 2 ** (k - 32)) * 2 ** (64 - k);
  }
}
