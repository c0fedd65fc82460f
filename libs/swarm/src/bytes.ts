import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Lower-case, without 0x: the way Bee writes bytes. */
export const toHex = bytesToHex;

/** Bytes of hex with or without 0x, or null: not hex, or not exactly `length` bytes. */
export function fromHex(text: string, length: number): Uint8Array | null {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  return digits.length === 2 * length && /^[0-9a-fA-F]*$/.test(digits) ? hexToBytes(digits) : null;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Below zero when a comes before b, both of one length, read as big-endian numbers. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] as number) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A big-endian unsigned number. */
export function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** `length` bytes, big-endian; the caller has checked the range. */
export function bigEndian(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = length - 1, rest = value; index >= 0; index--, rest >>= 8n) {
    bytes[index] = Number(rest & 0xffn);
  }
  return bytes;
}
