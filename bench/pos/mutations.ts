import type { KnownProofs } from './known-proofs.js';

/** A generator of 32-bit numbers that is the same in every run (xorshift). */
export function randomWords(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** One proof taken out of the known ones, to be altered. */
export interface Case {
  readonly k: number;
  readonly plotId: Uint8Array;
  readonly challenge: Uint8Array;
  readonly proof: Uint8Array;
}

type Mutation = (target: Case, from: KnownProofs, random: () => number) => void;

/** Flips one of the first `bits` bits. */
function flip(bytes: Uint8Array, bits: number, random: () => number) {
  const bit = random() % bits;
  bytes[bit >>> 3]! ^= 0x80 >>> (bit & 7);
}

/** What is done to a proof, so that it is none any more; some leave it as it was, by chance. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'one bit': ({ proof }, _, random) => flip(proof, 8 * proof.length, random),
  'some bits': ({ proof }, _, random) => {
    for (let i = 2 + (random() % 20); i > 0; i--) flip(proof, 8 * proof.length, random);
  },
  'a run of bytes': ({ proof }, _, random) => {
    const at = random() % proof.length;
    proof.fill(random(), at, at + 1 + (random() % 40));
  },
  'halves of a subtree swapped': ({ k, proof }, _, random) => {
    const size = 1 << (random() % 6);
    const start = (random() % (32 / size)) * 2 * size;
    swapValues(proof, k, start, size);
  },
  'part of another proof': ({ proof }, from, random) => {
    const other = (random() % from.count) * proof.length;
    const at = random() % proof.length;
    proof.set(from.proofs.subarray(other + at, other + proof.length), at);
  },
  'another challenge': ({ k, challenge }, _, random) => flip(challenge, k, random),
  // its last byte does not enter the proof
  'another plot': ({ plotId }, _, random) => flip(plotId, 31 * 8, random),
  'random bytes': ({ proof }, _, random) => {
    for (let i = 0; i < proof.length; i++) proof[i] = random();
  },
};

/** Swaps `size` values of k bits from value `start` on with as many after them. */
function swapValues(proof: Uint8Array, k: number, start: number, size: number) {
  const bitAt = (bit: number) => (proof[bit >>> 3]! >>> (7 - (bit & 7))) & 1;
  for (let i = start * k; i < (start + size) * k; i++) {
    const j = i + size * k;
    if (bitAt(i) === bitAt(j)) continue;
    proof[i >>> 3]! ^= 0x80 >>> (i & 7);
    proof[j >>> 3]! ^= 0x80 >>> (j & 7);
  }
}
