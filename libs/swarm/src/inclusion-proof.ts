import { bmtLevels, hash, SEGMENT_BYTES, SEGMENTS, spanBytes } from './bmt.js';
import { sameBytes } from './bytes.js';
import { SwarmError } from './errors.js';

/** Hashes on the way from a segment to the root. */
export const SISTERS = 7;

/** A segment and what is needed to hash from it up to the chunk's address. */
export interface InclusionProof {
  /** 0 … 127. */
  segmentIndex: number;
  /** 32 bytes. */
  segment: Uint8Array;
  /** 7 x 32 bytes, from the leaf's neighbour up. */
  sisters: Uint8Array[];
}

/** What of a proof cannot be, whatever it is for. */
export type ShapeFault =
  | 'segment-index-out-of-range'
  | 'segment-length-wrong'
  | 'sister-count-wrong'
  | 'sister-length-wrong'
  | 'span-out-of-range';

/** Why a proof does not hold. */
export type InclusionFault = ShapeFault | 'address-length-wrong' | 'address-differs';

/**
 * Proof that a chunk with this payload has this segment.
 *
 * @param key see {@link chunkAddress}
 * @throws SwarmError `payload-too-long`, `segment-index-out-of-range`
 */
export function inclusionProof(payload: Uint8Array, segmentIndex: number, key?: Uint8Array): InclusionProof {
  if (!isSegmentIndex(segmentIndex)) {
    throw new SwarmError('segment-index-out-of-range', 'a segment index is a whole number from 0 to 127');
  }
  const levels = bmtLevels(payload, key);
  const at = (level: number, index: number): Uint8Array => Uint8Array.from(levels[level]?.[index] ?? []);
  return {
    segmentIndex,
    segment: at(0, segmentIndex),
    sisters: Array.from({ length: SISTERS }, (_, level) => at(level, (segmentIndex >> level) ^ 1)),
  };
}

/**
 * Checks a proof from anywhere against a chunk address; never throws, whatever the sizes are. The verifier
 * chooses `segmentIndex` and compares it before: a proof for another segment is a valid proof.
 *
 * @returns null when it holds, else the first fault found
 */
export function verifyInclusionProof(
  proof: InclusionProof,
  chunk: { address: Uint8Array; span: bigint; key?: Uint8Array },
): InclusionFault | null {
  const { address, span, key } = chunk;
  const fault = shapeFault(proof, span);
  if (fault) return fault;
  if (address.length !== SEGMENT_BYTES) return 'address-length-wrong';
  return sameBytes(climb(proof, span, key), address) ? null : 'address-differs';
}

/** What of a proof, before anything is hashed, cannot be; null when nothing. */
export function shapeFault(
  { segmentIndex, segment, sisters }: InclusionProof,
  span: bigint,
): ShapeFault | null {
  if (!isSegmentIndex(segmentIndex)) return 'segment-index-out-of-range';
  if (segment.length !== SEGMENT_BYTES) return 'segment-length-wrong';
  if (sisters.length !== SISTERS) return 'sister-count-wrong';
  if (sisters.some((sister) => sister.length !== SEGMENT_BYTES)) return 'sister-length-wrong';
  return span < 0n || span > 0xffffffffffffffffn ? 'span-out-of-range' : null;
}

/** The chunk address that a well-formed proof leads to. */
export function climb(
  { segmentIndex, segment, sisters }: InclusionProof,
  span: bigint,
  key: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const root = sisters.reduce(
    (node, sister, level) =>
      ((segmentIndex >> level) & 1) === 0 ? hash(key, node, sister) : hash(key, sister, node),
    segment,
  );
  return hash(key, spanBytes(span), root);
}

function isSegmentIndex(index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < SEGMENTS;
}
