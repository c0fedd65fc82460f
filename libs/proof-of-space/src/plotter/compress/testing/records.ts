/** Writes u32 or u64. */
export function writeNumbers(into: Uint8Array, numbers: readonly number[], bytes: 4 | 8): void {
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  for (const [i, number] of numbers.entries()) {
    if (bytes === 4) view.setUint32(4 * i, number, true);
    else view.setBigUint64(8 * i, BigInt(number), true);
  }
}

export function readNumbers(from: Uint8Array, bytes: 4 | 8): number[] {
  const view = new DataView(from.buffer, from.byteOffset, from.length);
  return Array.from({ length: from.length / bytes }, (_, i) =>
    bytes === 4 ? view.getUint32(4 * i, true) : Number(view.getBigUint64(8 * i, true)),
  );
}

export function writeWords(into: Uint8Array, words: readonly bigint[]): void {
  new BigUint64Array(into.buffer, into.byteOffset, words.length).set(words);
}

export function readWords(from: Uint8Array): bigint[] {
  return [...new BigUint64Array(from.buffer, from.byteOffset, from.length / 8)];
}

/** Writes 96-bit numbers. */
export function writeEntries(into: Uint8Array, entries: readonly bigint[]): void {
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  for (const [i, entry] of entries.entries()) {
    view.setBigUint64(12 * i, BigInt.asUintN(64, entry), true);
    view.setUint32(12 * i + 8, Number(entry >> 64n), true);
  }
}

export function readEntries(from: Uint8Array): bigint[] {
  const view = new DataView(from.buffer, from.byteOffset, from.length);
  return Array.from(
    { length: from.length / 12 },
    (_, i) => view.getBigUint64(12 * i, true) | (BigInt(view.getUint32(12 * i + 8, true)) << 64n),
  );
}

/** 128-bit numbers as bytes. */
export function pointBytes(points: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(16 * points.length);
  writeWords(
    bytes,
    points.flatMap((point) => [BigInt.asUintN(64, point), point >> 64n]),
  );
  return bytes;
}

export function pointsOf(bytes: Uint8Array): bigint[] {
  const words = readWords(bytes.slice());
  return Array.from({ length: words.length / 2 }, (_, i) => words[2 * i]! | (words[2 * i + 1]! << 64n));
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
