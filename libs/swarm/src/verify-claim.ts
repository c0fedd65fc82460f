import { hash } from './bmt.js';
import { compareBytes, sameBytes } from './bytes.js';
import { climb, type ShapeFault, shapeFault } from './inclusion-proof.js';
import { proximity } from './proximity.js';
import { PROOF_NAMES, type ProofName, type RcHashAnswer, type SampleProof } from './rchash.js';
import { opened, SAMPLE_BYTES } from './reserve-sample.js';
import { type SingleOwnerFault, verifySingleOwner } from './single-owner-chunk.js';
import { type Batch, type StampFault, verifyStamp } from './stamp.js';

/** Why a claim fails the contract's checks. */
export type ClaimReason =
  | ShapeFault
  | StampFault
  | SingleOwnerFault
  /** The chunk is outside the neighbourhood at the depth played. */
  | 'out-of-depth'
  /** The item is not in the committed sample at the place that the second anchor asks for. */
  | 'sample-differs'
  /** The segment's neighbour is not the same in the chunk and in the keyed chunk. */
  | 'neighbour-differs'
  /** The segment is not in the chunk. */
  | 'chunk-differs'
  /** The segment is not in the chunk under the first anchor. */
  | 'transformed-differs'
  | 'batch-unknown'
  /** The opened items are not in ascending order of their transformed addresses. */
  | 'order-wrong';

/** The first check that failed, and on which of the three proofs. */
export interface ClaimFault {
  proof: ProofName;
  reason: ClaimReason;
}

/** Under what a claim was made. */
export interface ClaimTerms {
  /** Key of the transformed addresses; 32 bytes in the game. */
  anchor1: Uint8Array;
  /** Chooses what is opened; 32 bytes in the game. */
  anchor2: Uint8Array;
  /** Bits that chunks share with the first anchor: from consensus, never from the node. */
  depth: number;
  /** A batch alive on the chain, or null. */
  batchOf(batchId: Uint8Array): Batch | null;
}

/**
 * What Redistribution.sol checks of a claim, for an answer of `/rchash`: inclusionFunction, socFunction,
 * stampFunction, inProximity and checkOrder. Never throws, whatever the sizes are. A claim that passes may
 * still be forged from nothing (bee pkg/storageincentives/soc_mine_test.go): see `judgeRcHash`.
 */
export function verifyClaim(answer: RcHashAnswer, terms: ClaimTerms): ClaimFault | null {
  const { items, segmentIndex } = opened(terms.anchor2);
  for (const proof of PROOF_NAMES) {
    const one = answer.proofs[proof];
    const reason =
      inclusionFault(one, { hash: answer.hash, item: items[proof], segmentIndex }, terms) ??
      (one.singleOwner && verifySingleOwner(one.singleOwner, one.address)) ??
      stampFault(one, terms);
    if (reason) return { proof, reason };
  }
  const ascending = [...PROOF_NAMES].sort((a, b) => items[a] - items[b]);
  for (const [at, proof] of ascending.slice(1).entries()) {
    const before = answer.proofs[ascending[at] as ProofName];
    if (compareBytes(transformedOf(before), transformedOf(answer.proofs[proof])) >= 0)
      return { proof, reason: 'order-wrong' };
  }
  return null;
}

/** The transformed address of an opened item: its neighbour in the sample. */
export function transformedOf(proof: SampleProof): Uint8Array {
  return proof.sampleSisters[0] as Uint8Array;
}

function inclusionFault(
  proof: SampleProof,
  asked: { hash: Uint8Array; item: number; segmentIndex: number },
  { anchor1, depth }: ClaimTerms,
): ClaimReason | null {
  const { segment, span } = proof;
  const inSample = {
    segmentIndex: 2 * asked.item,
    segment: proof.address,
    sisters: proof.sampleSisters,
  };
  const inChunk = { segmentIndex: asked.segmentIndex, segment, sisters: proof.sisters };
  const inKeyed = { ...inChunk, sisters: proof.transformedSisters };
  const shape = shapeFault(inSample, span) ?? shapeFault(inChunk, span) ?? shapeFault(inKeyed, span);
  if (shape) return shape;
  if (depth > 0 && proximity(proof.address, anchor1) < depth) return 'out-of-depth';
  if (!sameBytes(climb(inSample, BigInt(SAMPLE_BYTES)), asked.hash)) return 'sample-differs';
  if (!sameBytes(inChunk.sisters[0] as Uint8Array, inKeyed.sisters[0] as Uint8Array))
    return 'neighbour-differs';
  if (!sameBytes(climb(inChunk, span), proof.singleOwner?.wrappedAddress ?? proof.address))
    return 'chunk-differs';
  const keyed = climb(inKeyed, span, anchor1);
  const transformed = proof.singleOwner ? hash(proof.address, keyed) : keyed;
  return sameBytes(transformed, transformedOf(proof)) ? null : 'transformed-differs';
}

function stampFault({ stamp, address }: SampleProof, { batchOf }: ClaimTerms): ClaimReason | null {
  const batch = batchOf(stamp.batchId);
  return batch ? verifyStamp(stamp, address, batch) : 'batch-unknown';
}
