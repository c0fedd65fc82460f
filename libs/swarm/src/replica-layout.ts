import { CHUNK_BYTES, SEGMENT_BYTES, SEGMENTS } from './bmt.js';

/** Sizes of replicas are steps of an eighth of a doubling: k = 1 … 255, 4.5 KiB … 15 TiB. */
export const REPLICA_STEPS = { min: 1, max: 255 } as const;

/** Bytes of data in a replica of size k. */
export function replicaBytes(k: number): number {
  return (8 + (k % 8)) * 512 * 2 ** Math.floor(k / 8);
}

/** The smallest size that holds so many bytes, or null when none does. */
export function replicaStep(bytes: number): number | null {
  for (let k: number = REPLICA_STEPS.min; k <= REPLICA_STEPS.max; k++) {
    if (replicaBytes(k) >= bytes) return k;
  }
  return null;
}

/** Where the parts of a replica's file lie: the data, then its tree's chunks by level, then a trailer. */
export interface ReplicaLayout {
  dataBytes: number;
  /** Offset of the chunks of a level from 1 up; each takes 4096 bytes, one that is lifted leaves its place empty. */
  levels: readonly number[];
  trailerAt: number;
  fileBytes: number;
}

/** Magic, root, k, zeros. */
export const TRAILER_BYTES = 64;
const MAGIC = new TextEncoder().encode('croft-replica/1\0');

export function replicaLayout(k: number): ReplicaLayout {
  const dataBytes = replicaBytes(k);
  const levels: number[] = [0];
  let at = dataBytes;
  for (let count = Math.ceil(dataBytes / CHUNK_BYTES); count > 1; ) {
    count = Math.ceil(count / SEGMENTS);
    levels.push(at);
    at += count * CHUNK_BYTES;
  }
  return { dataBytes, levels, trailerAt: at, fileBytes: at + TRAILER_BYTES };
}

export function replicaTrailer(root: Uint8Array, k: number): Uint8Array {
  const bytes = new Uint8Array(TRAILER_BYTES);
  bytes.set(MAGIC);
  bytes.set(root, MAGIC.length);
  bytes[MAGIC.length + SEGMENT_BYTES] = k;
  return bytes;
}

/** Root and size out of a trailer, or null when it is none. */
export function readReplicaTrailer(bytes: Uint8Array): { root: Uint8Array; k: number } | null {
  const k = bytes[MAGIC.length + SEGMENT_BYTES] ?? 0;
  const isTrailer = bytes.length === TRAILER_BYTES && MAGIC.every((byte, at) => bytes[at] === byte);
  if (!isTrailer || k < REPLICA_STEPS.min) return null;
  return { root: bytes.slice(MAGIC.length, MAGIC.length + SEGMENT_BYTES), k };
}
