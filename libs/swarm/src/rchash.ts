import type { Stamp } from './stamp.js';

/** One of the three chunks of a sample that is opened: storage-incentives src/Redistribution.sol ChunkInclusionProof. */
export interface SampleProof {
  /** The chunk's address, 32 bytes: segment 2i of the sample. */
  address: Uint8Array;
  /** From the sample's segment 2i up: the first is the transformed address, segment 2i + 1. */
  sampleSisters: Uint8Array[];
  /** The segment that the second anchor asks for. */
  segment: Uint8Array;
  /** From that segment up to the chunk's address. */
  sisters: Uint8Array[];
  /** From that segment up to the transformed address, under the first anchor. */
  transformedSisters: Uint8Array[];
  /** Of the chunk; of the wrapped one when it has an owner. */
  span: bigint;
  stamp: Stamp;
  /** When the chunk has an owner. */
  singleOwner: {
    owner: Uint8Array;
    signature: Uint8Array;
    identifier: Uint8Array;
    wrappedAddress: Uint8Array;
  } | null;
}

/** Names of the three, as Bee's answer has them. */
export const PROOF_NAMES = ['proof1', 'proof2', 'proofLast'] as const;
export type ProofName = (typeof PROOF_NAMES)[number];

/** What `GET /rchash/{depth}/{anchor1}/{anchor2}` answers: bee pkg/api/rchash.go RCHashResponse. */
export interface RcHashAnswer {
  /** The reserve commitment, 32 bytes. */
  hash: Uint8Array;
  proofs: Record<ProofName, SampleProof>;
  durationSeconds: number;
}
