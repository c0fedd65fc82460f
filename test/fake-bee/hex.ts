export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Bytes of hex without 0x, or null unless there are `length` of them. */
export function bytesOf(text: string | undefined, length: number): Uint8Array | null {
  return text?.length === 2 * length && /^[0-9a-fA-F]*$/.test(text)
    ? Uint8Array.from(Buffer.from(text, 'hex'))
    : null;
}

/** `length` bytes, big-endian, in hex. */
export function bigEndianHex(value: bigint, length: number): string {
  return value.toString(16).padStart(2 * length, '0');
}
