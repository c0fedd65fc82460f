import { sha256 } from '@noble/hashes/sha2.js';
import { SEGMENT_BYTES } from './bmt.js';
import { concatBytes, numberOf, sameBytes } from './bytes.js';
import { filePath, type PathStep, segmentsOf } from './file-path.js';
import { climb, inclusionProof, SISTERS } from './inclusion-proof.js';
import { replicaBytes } from './replica-layout.js';

/**
 * Segments that a challenge asks for. Whoever keeps a part f of a replica answers one challenge in 1 / f^8, so that a
 * tenth that is missing shows in more than half of them.
 */
export const REPLICA_SEGMENTS = 8;

/** Why a proof does not hold, and for which of the segments asked for. */
export interface ReplicaFault {
  segment: number;
  reason:
    | 'proof-length-wrong'
    /** The segment and its sisters lead to another root: of another replica, chunk, place or span. */
    | 'root-differs';
}

/** The segments of a replica's data that a challenge (32 bytes) asks for. */
export function replicaSegments(k: number, challenge: Uint8Array): number[] {
  const segments = BigInt(segmentsOf(replicaBytes(k)));
  return Array.from({ length: REPLICA_SEGMENTS }, (_, index) => {
    const drawn = sha256(concatBytes(challenge, Uint8Array.of(index)));
    return Number(numberOf(drawn.subarray(0, 16)) % segments);
  });
}

/**
 * Proof of all segments that a challenge asks for: each segment, then seven sisters for every chunk on its way to the
 * root; places and spans follow from the size.
 *
 * @param payloadOf the chunk of a step, 4096 bytes or, at the end of a level, fewer
 */
export async function proveReplica(
  k: number,
  challenge: Uint8Array,
  payloadOf: (step: PathStep) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const index of replicaSegments(k, challenge)) {
    for (const step of filePath(replicaBytes(k), index)) {
      const { segment, sisters } = inclusionProof(await payloadOf(step), step.segmentIndex);
      if (step.level === 0) parts.push(segment);
      parts.push(...sisters);
    }
  }
  return concatBytes(...parts);
}

/** Checks a proof from anywhere; never throws, whatever its size is. Null when it holds, else the first fault. */
export function replicaFault(
  { root, k }: { root: Uint8Array; k: number },
  challenge: Uint8Array,
  proof: Uint8Array,
): ReplicaFault | null {
  const length = replicaBytes(k);
  let at = 0;
  const next = (): Uint8Array => {
    at += SEGMENT_BYTES;
    return proof.subarray(at - SEGMENT_BYTES, at);
  };
  for (const [segment, index] of replicaSegments(k, challenge).entries()) {
    const path = filePath(length, index);
    if (proof.length < at + SEGMENT_BYTES * (1 + SISTERS * path.length))
      return { segment, reason: 'proof-length-wrong' };
    let node = next();
    for (const { segmentIndex, span } of path) {
      const sisters = Array.from({ length: SISTERS }, next);
      node = climb({ segmentIndex, segment: node, sisters }, BigInt(span));
    }
    if (!sameBytes(node, root)) return { segment, reason: 'root-differs' };
  }
  return at === proof.length ? null : { segment: REPLICA_SEGMENTS - 1, reason: 'proof-length-wrong' };
}
