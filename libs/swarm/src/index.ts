export { CHUNK_BYTES, chunkAddress, SEGMENT_BYTES, SEGMENTS } from './bmt.js';
export { SwarmError, type SwarmErrorCode } from './errors.js';
export {
  type InclusionFault,
  type InclusionProof,
  inclusionProof,
  verifyInclusionProof,
} from './inclusion-proof.js';
export { overlayAddress } from './overlay.js';
