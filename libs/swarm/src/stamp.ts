import { hash, SEGMENT_BYTES } from './bmt.js';
import { bigEndian, concatBytes, numberOf } from './bytes.js';
import { SwarmError } from './errors.js';
import {
  isSignedBy,
  OWNER_BYTES,
  personalDigest,
  recoverSigner,
  SIGNATURE_BYTES,
  signDigest,
} from './signature.js';

/** Bytes of a stamp as it travels. */
export const STAMP_BYTES = 113;

/** A paid batch of storage, as PostageStamp.sol `batches(id)` tells of it. */
export interface Batch {
  /** 20 bytes. */
  owner: Uint8Array;
  /** 2^depth chunks are paid for. */
  depth: number;
  /** They are spread over 2^bucketDepth buckets (16 on the chain). */
  bucketDepth: number;
}

/** The owner's word that a slot of a batch pays for a chunk. */
export interface Stamp {
  /** 32 bytes. */
  batchId: Uint8Array;
  /** First bits of the chunk's address. */
  bucket: number;
  /** Place within the bucket. */
  slot: number;
  /** Unix time in nanoseconds: of two stamps on a slot the later one holds. */
  timestampNs: bigint;
  /** 65 bytes, r | s | v. */
  signature: Uint8Array;
}

/** Why a stamp does not pay for a chunk. */
export type StampFault =
  | 'batch-id-length-wrong'
  | 'stamp-field-out-of-range'
  | 'slot-out-of-range'
  | 'bucket-differs'
  | 'stamp-signature-wrong';

/** Bucket of a chunk: the first `bucketDepth` bits of its address (32 at most). */
export function bucketOf(address: Uint8Array, bucketDepth: number): number {
  return Number(numberOf(address.subarray(0, 4)) >> BigInt(32 - bucketDepth));
}

/** Slots of each bucket of a batch. */
export function slotsOf({ depth, bucketDepth }: Batch): number {
  return 2 ** (depth - bucketDepth);
}

/** What is signed, before EIP-191: keccak256(chunk | batch | index | timestamp). bee pkg/postage/stamp.go ToSignDigest. */
export function stampDigest(address: Uint8Array, stamp: Omit<Stamp, 'signature'>): Uint8Array {
  return hash(address, stamp.batchId, indexBytes(stamp), bigEndian(stamp.timestampNs, 8));
}

/**
 * @param address of the chunk, 32 bytes
 * @throws SwarmError `timestamp-out-of-range`, `batch-invalid`, `private-key-invalid`
 */
export function signStamp(
  address: Uint8Array,
  stamp: Omit<Stamp, 'signature'>,
  privateKey: Uint8Array,
): Stamp {
  if (!isUint64(stamp.timestampNs))
    throw new SwarmError('timestamp-out-of-range', 'a timestamp is a number from 0 to 2^64-1');
  if (stamp.batchId.length !== SEGMENT_BYTES || !isUint32(stamp.bucket) || !isUint32(stamp.slot))
    throw new SwarmError('batch-invalid', 'a batch id has 32 bytes, bucket and slot are below 2^32');
  return { ...stamp, signature: signDigest(personalDigest(stampDigest(address, stamp)), privateKey) };
}

/** 20 bytes of whoever signed the stamp for this chunk, or null: nobody. */
export function stampSigner(stamp: Stamp, address: Uint8Array): Uint8Array | null {
  return recoverSigner(personalDigest(stampDigest(address, stamp)), stamp.signature);
}

/**
 * Checks a stamp on a chunk against its batch as the contract does (storage-incentives
 * src/Redistribution.sol stampFunction) and Bee (pkg/postage/stamp.go Valid); never throws. That no other
 * chunk uses the slot cannot be seen from one stamp.
 */
export function verifyStamp(stamp: Stamp, address: Uint8Array, batch: Batch): StampFault | null {
  if (stamp.batchId.length !== SEGMENT_BYTES) return 'batch-id-length-wrong';
  if (!isUint32(stamp.bucket) || !isUint32(stamp.slot) || !isUint64(stamp.timestampNs))
    return 'stamp-field-out-of-range';
  if (stamp.slot >= slotsOf(batch)) return 'slot-out-of-range';
  if (stamp.bucket !== bucketOf(address, batch.bucketDepth)) return 'bucket-differs';
  const digest = personalDigest(stampDigest(address, stamp));
  return batch.owner.length === OWNER_BYTES && isSignedBy(digest, stamp.signature, batch.owner)
    ? null
    : 'stamp-signature-wrong';
}

/** batch id | index | timestamp | signature. */
export function packStamp(stamp: Stamp): Uint8Array {
  return concatBytes(stamp.batchId, indexBytes(stamp), bigEndian(stamp.timestampNs, 8), stamp.signature);
}

/** @returns null unless it has 113 bytes */
export function unpackStamp(bytes: Uint8Array): Stamp | null {
  if (bytes.length !== STAMP_BYTES) return null;
  return {
    batchId: bytes.slice(0, 32),
    bucket: Number(numberOf(bytes.subarray(32, 36))),
    slot: Number(numberOf(bytes.subarray(36, 40))),
    timestampNs: numberOf(bytes.subarray(40, 48)),
    signature: bytes.slice(48, 48 + SIGNATURE_BYTES),
  };
}

function indexBytes({ bucket, slot }: { bucket: number; slot: number }): Uint8Array {
  return concatBytes(bigEndian(BigInt(bucket), 4), bigEndian(BigInt(slot), 4));
}

const isUint32 = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
const isUint64 = (value: bigint): boolean => value >= 0n && value < 1n << 64n;
