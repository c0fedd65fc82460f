import { sha256 } from '@noble/hashes/sha2.js';
import { PROOF_X_VALUES } from '../../constants.js';
import { orBits, wordsToBytes } from './hash/bit-strings.js';
import { packX } from './reference-tree.js';

const order = new Float64Array(PROOF_X_VALUES);
const half = new Float64Array(PROOF_X_VALUES / 2);

/**
 * The quality of a valid proof: its x values are put into the order of a plot file, and the pair that the last
 * bits of the challenge select is hashed. Source: chiapos `Verifier::GetQualityString`.
 *
 * @param x 64 values in the order of the proof
 * @returns 32 bytes
 */
export function referenceQuality(k: number, challenge: Uint8Array, x: Float64Array): Uint8Array {
  order.set(x);
  for (let size = 1; size < PROOF_X_VALUES; size *= 2) {
    for (let start = 0; start < PROOF_X_VALUES; start += 2 * size) {
      if (isLess(start, start + size, size)) continue;
      half.set(order.subarray(start, start + size));
      order.copyWithin(start, start + size, start + 2 * size);
      order.set(half.subarray(0, size), start + size);
    }
  }
  const at = 2 * (challenge[31]! & 31);
  return hashPair(k, challenge, order[at]!, order[at + 1]!);
}

/** SHA-256 of the challenge and two x values of k bits each, the smaller first, zero padded to whole bytes. */
function hashPair(k: number, challenge: Uint8Array, first: number, second: number): Uint8Array {
  const words = new Uint32Array(5);
  const value = new Uint32Array(2);
  packX(value, 0, first, k);
  orBits(words, 0, value, 0, 2);
  packX(value, 0, second, k);
  orBits(words, k, value, 0, 2);
  const pairBytes = (2 * k + 7) >>> 3;
  const input = new Uint8Array(32 + pairBytes);
  input.set(challenge);
  wordsToBytes(input, 32, words, pairBytes);
  return sha256(input);
}

/** Compares two blocks of `order` from their last element backwards. */
function isLess(a: number, b: number, size: number): boolean {
  for (let i = size - 1; i >= 0; i--) {
    const left = order[a + i]!;
    const right = order[b + i]!;
    if (left !== right) return left < right;
  }
  return false;
}
