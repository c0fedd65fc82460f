/** The ChaCha8 key of a plot: the byte 1 and the first 31 bytes of its id, as little-endian words. */
export function f1Key(plotId: Uint8Array): Uint32Array {
  const bytes = new Uint8Array(32);
  bytes[0] = 1;
  bytes.set(plotId.subarray(0, 31), 1);
  const key = new Uint32Array(8);
  for (let i = 0; i < 8; i++) {
    const at = i << 2;
    key[i] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }
  return key;
}
