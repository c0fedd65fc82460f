import { sameBytes } from './bytes.js';
import { SwarmError } from './errors.js';
import { filePath } from './file-path.js';
import {
  climb,
  type InclusionProof,
  inclusionProof,
  type ShapeFault,
  shapeFault,
} from './inclusion-proof.js';

/** A segment under a chunk, and the chunk's span. */
export interface FileProofStep extends InclusionProof {
  /** Bytes of the file below this chunk. */
  span: bigint;
}

/** Steps from the leaf's chunk to the root's. The first step's segment is the data. */
export type FileProof = FileProofStep[];

/** Why a proof does not hold, and at which of its steps (0 the leaf). */
export interface FileProofFault {
  step: number;
  reason: /** `segment-index-out-of-range` at step 0: also when the file has no such segment, or no such length can be. */
    | ShapeFault
    | 'step-count-wrong'
    /** Another segment than the one asked for. */
    | 'segment-index-differs'
    | 'span-differs'
    /** The step leads to another chunk than the one above it names. */
    | 'chunk-differs'
    /** The last step leads to another root. */
    | 'root-differs';
}

/**
 * Proof that a file has a segment.
 *
 * @param length bytes of the file
 * @param segmentIndex of the whole file
 * @param payloads of the chunks that `filePath(length, segmentIndex)` names, in its order
 * @throws SwarmError as `filePath`, `payload-too-long`, `payload-count-wrong`
 */
export function fileProof(length: number, segmentIndex: number, payloads: readonly Uint8Array[]): FileProof {
  const path = filePath(length, segmentIndex);
  if (payloads.length !== path.length)
    throw new SwarmError('payload-count-wrong', `this proof needs ${path.length} payloads`);
  return path.map((step, index) => ({
    ...inclusionProof(payloads[index] as Uint8Array, step.segmentIndex),
    span: BigInt(step.span),
  }));
}

/**
 * Checks a proof from anywhere; never throws, whatever the sizes are. What the steps must be is worked out
 * from the length and the index, which the verifier chose: the proof's own numbers are only compared.
 *
 * @returns null when it holds, else the first fault
 */
export function verifyFileProof(
  proof: FileProof,
  file: { root: Uint8Array; length: number; segmentIndex: number },
): FileProofFault | null {
  let path: ReturnType<typeof filePath>;
  try {
    path = filePath(file.length, file.segmentIndex);
  } catch {
    return { step: 0, reason: 'segment-index-out-of-range' };
  }
  if (proof.length !== path.length) return { step: 0, reason: 'step-count-wrong' };
  for (const [step, wanted] of path.entries()) {
    const given = proof[step] as FileProofStep;
    const fault = shapeFault(given, given.span);
    if (fault) return { step, reason: fault };
    if (given.segmentIndex !== wanted.segmentIndex) return { step, reason: 'segment-index-differs' };
    if (given.span !== BigInt(wanted.span)) return { step, reason: 'span-differs' };
    const reached = climb(given, given.span);
    const above = proof[step + 1];
    if (above && !sameBytes(reached, above.segment)) return { step, reason: 'chunk-differs' };
    if (!above && !sameBytes(reached, file.root)) return { step, reason: 'root-differs' };
  }
  return null;
}
