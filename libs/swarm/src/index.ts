export {
  type AskedBee,
  agreeing,
  type BeeGap,
  type BeeJudgement,
  type BeeQuestion,
  type BeeReason,
  type BeeTerms,
  type BeeVerdict,
  batchesOf,
  beeVerdicts,
  type Committed,
  excused,
  judgeBees,
  judgeSilence,
  type LivingBatch,
  type Stake,
  type StakeGap,
  stakeGap,
} from './bee-judgement.js';
export { CHUNK_BYTES, chunkAddress, SEGMENT_BYTES, SEGMENTS } from './bmt.js';
export {
  type Cashout,
  type Cheque,
  cashoutDigest,
  chequeDigest,
  chequeDomain,
  chequeHash,
  chequeSigner,
  isChequeOf,
  signCashout,
  signCheque,
} from './cheque.js';
export { ChunkHasher } from './chunk-hasher.js';
export { SwarmError, type SwarmErrorCode } from './errors.js';
export { filePath, type PathStep, segmentsOf } from './file-path.js';
export {
  type FileProof,
  type FileProofFault,
  type FileProofStep,
  fileProof,
  verifyFileProof,
} from './file-proof.js';
export { FileTree, fileRoot, type TreeChunk } from './file-tree.js';
export {
  type InclusionFault,
  type InclusionProof,
  inclusionProof,
  verifyInclusionProof,
} from './inclusion-proof.js';
export {
  type EvidenceGap,
  type EvidencePolicy,
  judgeRcHash,
  type RcHashChallenge,
  type RcHashReason,
  type RcHashVerdict,
  type SampleFacts,
} from './judge-rchash.js';
export { type KeyedItem, KeyedSample } from './keyed-sample.js';
export { type LosslessJson, parseLossless, stringifyLossless } from './lossless-json.js';
export { overlayAddress } from './overlay.js';
export { proximity } from './proximity.js';
export { PROOF_NAMES, type ProofName, type RcHashAnswer, type SampleProof } from './rchash.js';
export { parseRcHash, type RcHashTextFault, renderRcHash } from './rchash-json.js';
export { type GamePhase, gameRound, obfuscatedCommit, ROUND_BLOCKS } from './redistribution.js';
export { type HeldReplica, swarmReplica } from './replica-kind.js';
export {
  REPLICA_STEPS,
  readReplicaTrailer,
  replicaBytes,
  replicaLayout,
  replicaStep,
} from './replica-layout.js';
export {
  proveReplica,
  REPLICA_SEGMENTS,
  type ReplicaFault,
  replicaFault,
  replicaSegments,
} from './replica-proof.js';
export { type ReplicaEnd, ReplicaTree } from './replica-tree.js';
export { declaredReserve, estimateReserve, RESERVE_CHUNKS, SAMPLE_MAX_VALUE } from './reserve-estimate.js';
export {
  opened,
  proveSample,
  type ReserveChunk,
  ReserveSampler,
  SAMPLE_BYTES,
  SAMPLE_ITEMS,
  type SampleItem,
  sampleHash,
  transformedAddress,
} from './reserve-sample.js';
export { addressOfKey, personalDigest, recoverSigner, SIGNATURE_BYTES, signDigest } from './signature.js';
export {
  makeSingleOwnerChunk,
  parseSingleOwnerChunk,
  type SingleOwnerChunk,
  type SingleOwnerFault,
  singleOwnerAddress,
  singleOwnerData,
  verifySingleOwner,
} from './single-owner-chunk.js';
export {
  type Batch,
  bucketOf,
  packStamp,
  STAMP_BYTES,
  type Stamp,
  type StampFault,
  signStamp,
  slotsOf,
  stampDigest,
  stampSigner,
  unpackStamp,
  verifyStamp,
} from './stamp.js';
export { StampIssuer } from './stamp-issuer.js';
export {
  type ClaimFault,
  type ClaimReason,
  type ClaimTerms,
  verifyClaim,
} from './verify-claim.js';
