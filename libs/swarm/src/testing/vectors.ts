import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const bytes = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replace(/^0x/, ''), 'hex'));
export const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
export const spanOf = (text: string): bigint => Buffer.from(text, 'hex').readBigUInt64LE();

/** The whole file of vectors; its README says where each comes from. */
export function load<File>(name: string): File {
  const file = join(import.meta.dirname, '../../../../test/vectors/swarm', name);
  return JSON.parse(readFileSync(file, 'utf8')) as File;
}

export function vectors<Vector>(name: string): Vector[] {
  return load<{ vectors: Vector[] }>(name).vectors;
}

/** A copy with one byte changed. */
export function flipped(data: Uint8Array, at: number, by = 1): Uint8Array {
  const copy = Uint8Array.from(data);
  copy[at] = (copy[at] as number) ^ by;
  return copy;
}

/** The bytes of the files that upstream's roots are of: i % 255. */
export function countingBytes(length: number): Uint8Array {
  const data = new Uint8Array(length);
  for (let index = 0; index < length; index++) data[index] = index % 255;
  return data;
}
