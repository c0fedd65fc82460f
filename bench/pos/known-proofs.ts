import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Valid proofs of one k, packed as `verifyProofs` takes them. */
export interface KnownProofs {
  readonly k: number;
  readonly count: number;
  readonly plotIds: Uint8Array;
  readonly challenges: Uint8Array;
  readonly proofs: Uint8Array;
}

interface Line {
  readonly plotId: string;
  readonly challenge: string;
  readonly proofs: readonly { readonly proof: string; readonly valid: boolean }[];
}

/** Where the proofs come from: made by the reference, those of k=32 from blocks of the main network. */
const FILES = { 18: 'k18-n0', 22: 'k22-n0', 25: 'k25-n0', 32: 'k32-mainnet' } as const;

export const PROOF_SIZES = [18, 22, 25, 32] as const;

/** The valid proofs among the test vectors of one k; the working directory is the project. */
export function knownProofs(k: (typeof PROOF_SIZES)[number]): KnownProofs {
  const rows = readFileSync(join('test/vectors/proof-of-space', `proofs-${FILES[k]}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((text) => {
      const { plotId, challenge, proofs } = JSON.parse(text) as Line;
      return proofs.filter(({ valid }) => valid).map(({ proof }) => ({ plotId, challenge, proof }));
    });
  const packed = (part: 'plotId' | 'challenge' | 'proof') =>
    new Uint8Array(Buffer.from(rows.map((row) => row[part]).join(''), 'hex'));
  return {
    k,
    count: rows.length,
    plotIds: packed('plotId'),
    challenges: packed('challenge'),
    proofs: packed('proof'),
  };
}
