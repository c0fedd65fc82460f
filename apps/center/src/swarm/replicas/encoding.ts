import { createCipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;

/**
 * Encodes or decodes a part of a replica: AES-256 in counter mode under the replica's secret, counted from the start
 * of the data, so that any part can be redone alone. Filler is the key stream itself.
 *
 * @param secret 32 bytes
 * @param offset of the part in the data, a multiple of 16
 */
export function encodePart(secret: Uint8Array, offset: number, part: Uint8Array): Buffer {
  if (offset % BLOCK_BYTES !== 0)
    throw new RangeError(`offset ${offset} is not a multiple of ${BLOCK_BYTES}`);
  const counter = Buffer.alloc(BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(offset / BLOCK_BYTES), 8);
  return createCipheriv('aes-256-ctr', secret, counter).update(part);
}
