import { assembleProof } from './assemble-proof.js';

/** The x values of a proof on their way from the order of a plot file to that of a proof: see `assembleProof`. */
export interface ProofTree {
  /** Takes 64 x values. */
  loadX(values: ArrayLike<number>): void;
  /** Puts them in order and says whether they are a proof. */
  fold(plotId: Uint8Array, challenge: Uint8Array, reorder: true): boolean;
  /** The proof that the last `fold` found. */
  toProof(): Uint8Array;
}

export function proofTree(k: number): ProofTree {
  let values: ArrayLike<number> = [];
  let proof: Uint8Array | null = null;
  return {
    loadX: (given) => {
      values = given;
    },
    fold: (plotId, challenge) => {
      proof = assembleProof(plotId, k, challenge, values);
      return proof !== null;
    },
    toProof: () => proof ?? new Uint8Array(),
  };
}
