import { CHUNK_BYTES, chunkAddress, hash, SEGMENT_BYTES, spanBytes } from './bmt.js';
import { concatBytes, sameBytes } from './bytes.js';
import { SwarmError } from './errors.js';
import {
  addressOfKey,
  isSignedBy,
  OWNER_BYTES,
  personalDigest,
  recoverSigner,
  SIGNATURE_BYTES,
  signDigest,
} from './signature.js';

/** A chunk whose address its owner chose: it may be signed anew with other data. */
export interface SingleOwnerChunk {
  /** 32 bytes, the owner's choice. */
  identifier: Uint8Array;
  /** 20 bytes. */
  owner: Uint8Array;
  /** 65 bytes, r | s | v. */
  signature: Uint8Array;
  /** Of the wrapped chunk. */
  span: bigint;
  /** Of the wrapped chunk, at most 4096 bytes. */
  payload: Uint8Array;
}

/** Why something is no single-owner chunk. */
export type SingleOwnerFault =
  | 'identifier-length-wrong'
  | 'owner-length-wrong'
  | 'soc-address-differs'
  | 'soc-signature-wrong';

const HEAD_BYTES = SEGMENT_BYTES + SIGNATURE_BYTES + 8;

/** Address (32 bytes): keccak256(identifier | owner). Source: bee pkg/soc/soc.go CreateAddress. */
export function singleOwnerAddress(identifier: Uint8Array, owner: Uint8Array): Uint8Array {
  return hash(identifier, owner);
}

/** What the owner signs (under EIP-191): keccak256(identifier | wrapped chunk's address). */
function signedDigest(identifier: Uint8Array, wrappedAddress: Uint8Array): Uint8Array {
  return personalDigest(hash(identifier, wrappedAddress));
}

/**
 * Wraps a chunk and signs it.
 * @throws SwarmError `identifier-invalid`, `payload-too-long`, `span-out-of-range`, `private-key-invalid`
 */
export function makeSingleOwnerChunk(
  identifier: Uint8Array,
  { span, payload }: { span: bigint; payload: Uint8Array },
  privateKey: Uint8Array,
): SingleOwnerChunk {
  if (identifier.length !== SEGMENT_BYTES)
    throw new SwarmError('identifier-invalid', 'an identifier has 32 bytes');
  const signature = signDigest(signedDigest(identifier, chunkAddress(span, payload)), privateKey);
  return { identifier, owner: addressOfKey(privateKey), signature, span, payload };
}

/**
 * Checks identifier, owner and signature of a wrapped chunk against the address it is kept under; never
 * throws. Source: storage-incentives src/Redistribution.sol socFunction.
 */
export function verifySingleOwner(
  claim: { identifier: Uint8Array; owner: Uint8Array; signature: Uint8Array; wrappedAddress: Uint8Array },
  address: Uint8Array,
): SingleOwnerFault | null {
  const { identifier, owner, signature, wrappedAddress } = claim;
  if (identifier.length !== SEGMENT_BYTES) return 'identifier-length-wrong';
  if (owner.length !== OWNER_BYTES) return 'owner-length-wrong';
  if (!sameBytes(singleOwnerAddress(identifier, owner), address)) return 'soc-address-differs';
  return isSignedBy(signedDigest(identifier, wrappedAddress), signature, owner)
    ? null
    : 'soc-signature-wrong';
}

/** The chunk's data as it travels: identifier | signature | span (little-endian) | payload. */
export function singleOwnerData({ identifier, signature, span, payload }: SingleOwnerChunk): Uint8Array {
  return concatBytes(identifier, signature, spanBytes(span), payload);
}

/**
 * Reads a chunk's data; the owner is whoever signed it. Source: bee pkg/soc/soc.go FromChunk.
 *
 * @returns null when it is too short, too long, or nobody's signature
 */
export function parseSingleOwnerChunk(data: Uint8Array): SingleOwnerChunk | null {
  if (data.length < HEAD_BYTES || data.length > HEAD_BYTES + CHUNK_BYTES) return null;
  const identifier = data.slice(0, SEGMENT_BYTES);
  const signature = data.slice(SEGMENT_BYTES, SEGMENT_BYTES + SIGNATURE_BYTES);
  const span = new DataView(data.buffer, data.byteOffset + HEAD_BYTES - 8, 8).getBigUint64(0, true);
  const payload = data.slice(HEAD_BYTES);
  const owner = recoverSigner(signedDigest(identifier, chunkAddress(span, payload)), signature);
  return owner && { identifier, owner, signature, span, payload };
}
