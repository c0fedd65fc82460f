import { readFileSync } from 'node:fs';

const FOLDER = new URL('../../../../../test/vectors/proof-of-space/', import.meta.url);

/** A line of `proofs-*.jsonl`: all proofs of a plot for a challenge, as the reference gives them. */
export interface ChallengeVector {
  readonly plotId: string;
  readonly k: number;
  readonly challenge: string;
  readonly proofs: readonly { readonly proof: string; readonly quality: string; readonly valid: boolean }[];
}

/** What `verifyProof` takes. */
export interface KnownProof {
  readonly plotId: Uint8Array;
  readonly k: number;
  readonly challenge: Uint8Array;
  readonly proof: Uint8Array;
}

export const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

/** The lines of a file of vectors. */
export function vectorLines<T>(name: string): T[] {
  return readFileSync(new URL(name, FOLDER), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** The valid proofs of `proofs-<name>.jsonl`. */
export function knownProofs(name: string): KnownProof[] {
  return vectorLines<ChallengeVector>(`proofs-${name}.jsonl`).flatMap(({ plotId, k, challenge, proofs }) =>
    proofs
      .filter(({ valid }) => valid)
      .map(({ proof }) => ({ plotId: bytes(plotId), k, challenge: bytes(challenge), proof: bytes(proof) })),
  );
}
