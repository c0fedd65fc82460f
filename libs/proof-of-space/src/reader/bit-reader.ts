/** `bits` bits (up to 53) of `data` from bit `bit`, most significant first. Bytes past the end read as zero. */
export function readBitsAt(data: Uint8Array, bit: number, bits: number): number {
  let at = Math.floor(bit / 8);
  let value = (data[at++] ?? 0) & (0xff >>> (bit % 8));
  let left = bits - (8 - (bit % 8));
  while (left > 0) {
    const byte = data[at++] ?? 0;
    if (left >= 8) {
      value = value * 256 + byte;
    } else {
      value = value * 2 ** left + (byte >>> (8 - left));
    }
    left -= 8;
  }
  // Within one byte: drop what follows.
  return left < 0 && bits < 8 - (bit % 8) ? Math.floor(value / 2 ** -left) : value;
}
