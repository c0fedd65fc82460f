import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';

export { bytesToHex, hexToBytes };

/** Lower-case hex of exactly `bytes` bytes, without 0x. */
export const hexOf = (bytes: number) =>
  z
    .string()
    .length(bytes * 2)
    .regex(/^[0-9a-f]*$/, 'lower-case hex');

/** Lower-case hex of at most `bytes` bytes, without 0x. */
export const hexUpTo = (bytes: number) =>
  z
    .string()
    .max(bytes * 2)
    .regex(/^([0-9a-f]{2})*$/, 'lower-case hex');
