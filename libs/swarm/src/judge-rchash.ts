import { numberOf, sameBytes, toHex } from './bytes.js';
import { proximity } from './proximity.js';
import { PROOF_NAMES, type ProofName, type RcHashAnswer } from './rchash.js';
import { estimateReserve, SAMPLE_MAX_VALUE } from './reserve-estimate.js';
import type { Batch } from './stamp.js';
import { type ClaimReason, type ClaimTerms, transformedOf, verifyClaim } from './verify-claim.js';

/** What a node was asked, and what is known about it from elsewhere than itself. */
export interface RcHashChallenge extends ClaimTerms {
  /** The node's overlay as the chain has it, 32 bytes. */
  overlay: Uint8Array;
  /** By how many bits its reserve is doubled, as the chain has it. */
  height: number;
  /** Bee ignores stamps later than this: the time of the previous round's first block. */
  consensusTimeNs: bigint;
  /** What the node answered before it knew `anchor2`; null when it was not asked. */
  committedHash: Uint8Array | null;
  /** Other nodes of the neighbourhood, independent of this one, that answered the same hash. */
  agreeing: number;
}

/** What evidence must have beyond the contract's checks, which a sample made of nothing passes. */
export interface EvidencePolicy {
  /** Other nodes of the neighbourhood that must agree. */
  minAgreeing: number;
  /** How many of the three opened chunks may have an owner: such chunks can be mined. */
  maxOwned: number;
  /** From how many batches the three must come at least. */
  minBatches: number;
  /** Whether a batch is one that could not have been bought for the purpose: known owner, or old. */
  isTrusted(batch: Batch, batchId: Uint8Array): boolean;
}

/** What is wrong: nothing that an honest node answers. */
export type RcHashReason =
  | ClaimReason
  /** The overlay is not in the neighbourhood of the first anchor. */
  | 'overlay-out-of-neighbourhood'
  | 'stamp-too-new'
  /** Two chunks on one slot of a batch: Bee's reserve keeps the later one only (pkg/storer/internal/reserve). */
  | 'slot-repeated'
  /** One chunk in two places of the sample. */
  | 'chunk-repeated';

/** What is missing before an answer without fault counts as evidence. */
export type EvidenceGap =
  | 'not-committed'
  /** Another commitment than before the opening: the reserve or the round changed, or a lie; ask again. */
  | 'commitment-changed'
  | 'no-agreement'
  | 'owned-chunks-dominate'
  | 'too-few-batches'
  | 'batch-not-trusted'
  /** One payload under several owned addresses. */
  | 'payload-repeated';

/** Facts of an answer without fault. */
export interface SampleFacts {
  /** The last transformed address, for `estimateReserve` over several answers. */
  last: Uint8Array;
  /** Chunks within depth, from this answer alone. */
  estimatedChunks: bigint;
  /** Whether Redistribution.sol would find the sample dense enough. */
  isDenseEnough: boolean;
}

export type RcHashVerdict =
  | { outcome: 'valid'; facts: SampleFacts }
  /** No fault, and no evidence either: a sample forged from nothing looks like this. */
  | { outcome: 'insufficient'; lacks: EvidenceGap[]; facts: SampleFacts }
  | { outcome: 'invalid'; reason: RcHashReason; proof: ProofName | null };

/**
 * Judges a node's answer: the contract's checks, then what no honest reserve holds, then whether it is
 * evidence. Never throws, whatever the sizes are.
 */
export function judgeRcHash(
  answer: RcHashAnswer,
  challenge: RcHashChallenge,
  policy: EvidencePolicy,
): RcHashVerdict {
  const { depth, height, overlay, anchor1 } = challenge;
  if (proximity(overlay, anchor1) < depth - height)
    return { outcome: 'invalid', reason: 'overlay-out-of-neighbourhood', proof: null };
  const fault = verifyClaim(answer, challenge) ?? reserveFault(answer, challenge.consensusTimeNs);
  if (fault) return { outcome: 'invalid', ...fault };
  const last = transformedOf(answer.proofs.proofLast);
  const facts = {
    last,
    estimatedChunks: estimateReserve([last]).chunks,
    isDenseEnough: numberOf(last) < SAMPLE_MAX_VALUE,
  };
  const lacks = gaps(answer, challenge, policy);
  return lacks.length > 0 ? { outcome: 'insufficient', lacks, facts } : { outcome: 'valid', facts };
}

/** What the contract lets pass and no Bee has in its reserve. */
function reserveFault(
  { proofs }: RcHashAnswer,
  consensusTimeNs: bigint,
): { proof: ProofName; reason: RcHashReason } | null {
  const slots = new Set<string>();
  const addresses = new Set<string>();
  for (const proof of PROOF_NAMES) {
    const { stamp, address } = proofs[proof];
    if (stamp.timestampNs > consensusTimeNs) return { proof, reason: 'stamp-too-new' };
    const slot = `${toHex(stamp.batchId)} ${stamp.bucket} ${stamp.slot}`;
    if (addresses.has(toHex(address))) return { proof, reason: 'chunk-repeated' };
    if (slots.has(slot)) return { proof, reason: 'slot-repeated' };
    slots.add(slot);
    addresses.add(toHex(address));
  }
  return null;
}

function gaps(answer: RcHashAnswer, challenge: RcHashChallenge, policy: EvidencePolicy): EvidenceGap[] {
  const proofs = PROOF_NAMES.map((name) => answer.proofs[name]);
  const owned = proofs.flatMap(({ singleOwner }) => singleOwner ?? []);
  const wrapped = new Set(owned.map(({ wrappedAddress }) => toHex(wrappedAddress)));
  const batches = new Set(proofs.map(({ stamp }) => toHex(stamp.batchId)));
  const isTrusted = proofs.every(({ stamp }) => {
    const batch = challenge.batchOf(stamp.batchId);
    return batch !== null && policy.isTrusted(batch, stamp.batchId);
  });
  const { committedHash } = challenge;
  const found: [EvidenceGap, boolean][] = [
    ['not-committed', committedHash === null],
    ['commitment-changed', committedHash !== null && !sameBytes(committedHash, answer.hash)],
    ['no-agreement', challenge.agreeing < policy.minAgreeing],
    ['owned-chunks-dominate', owned.length > policy.maxOwned],
    ['too-few-batches', batches.size < policy.minBatches],
    ['batch-not-trusted', !isTrusted],
    ['payload-repeated', wrapped.size < owned.length],
  ];
  return found.flatMap(([gap, isFound]) => (isFound ? [gap] : []));
}
