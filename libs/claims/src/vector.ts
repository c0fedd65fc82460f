/** Amounts of one chunk as the contract has them: 128 cumulative amounts of six bytes, big-endian. */
export const CHUNK = 128;
const AMOUNT_BYTES = 6;
export const VECTOR_BYTES = CHUNK * AMOUNT_BYTES;

export function unitsAt(vector: Uint8Array, place: number): bigint {
  let units = 0n;
  for (const byte of vector.subarray(place * AMOUNT_BYTES, (place + 1) * AMOUNT_BYTES)) {
    units = (units << 8n) | BigInt(byte);
  }
  return units;
}

/** Sets cumulative units in place; what does not fit six bytes is cut, and then no hash fits. */
export function setUnits(vector: Uint8Array, place: number, units: bigint): void {
  for (let i = AMOUNT_BYTES - 1, left = units; i >= 0; i--, left >>= 8n) {
    vector[place * AMOUNT_BYTES + i] = Number(left & 0xffn);
  }
}
