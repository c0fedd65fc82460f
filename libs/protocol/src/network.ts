import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { bytesToHex, hexOf, hexToBytes } from './hex.js';

/**
 * Bytes of a payload by which a connection's speed is measured, at most. Larger ones would keep a round waiting on a slow
 * line, with smaller ones a far node would be measured by its round trip alone.
 */
export const PAYLOAD_BYTES = 512 * 1024;

/** Center → node, at times nobody knows beforehand: to be echoed as it is. Nobody can echo a nonce before it came. */
export const networkPing = z.strictObject({ probeId: z.uuid(), nonce: hexOf(32) });
export type NetworkPing = z.infer<typeof networkPing>;

/** Center → node: random bytes, to be hashed with the nonce and kept for a moment. */
export const networkPayload = z.strictObject({
  probeId: z.uuid(),
  nonce: hexOf(32),
  bytes: z
    .instanceof(Uint8Array)
    .refine(({ length }) => length > 0 && length <= PAYLOAD_BYTES, 'longer than a payload'),
});
export type NetworkPayload = z.infer<typeof networkPayload>;

/** Node → center: `payloadDigest` of what came. */
export const networkDigest = z.strictObject({ probeId: z.uuid(), sha256: hexOf(32) });
export type NetworkDigest = z.infer<typeof networkDigest>;

/** SHA-256 of payload ‖ nonce, hex. */
export function payloadDigest(bytes: Uint8Array, nonce: string): string {
  return bytesToHex(sha256.create().update(bytes).update(hexToBytes(nonce)).digest());
}

/** What a node gives back when it is asked with another nonce: nonce ‖ payload, so that none of it can come earlier. */
export function returnedPayload(bytes: Uint8Array, nonce: string): Uint8Array {
  const all = new Uint8Array(32 + bytes.length);
  all.set(hexToBytes(nonce));
  all.set(bytes, 32);
  return all;
}
