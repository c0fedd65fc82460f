import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../../../test/vectors/proof-of-space/', import.meta.url);

/** A line of `proofs-k*.jsonl`. */
export interface ChallengeVector {
  plotId: string;
  k: number;
  challenge: string;
  proofs: { proof: string; quality: string }[];
}

export const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
export const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
export const vectorPath = (name: string): string => fileURLToPath(new URL(name, FOLDER));
export const wholeFile = (name: string): Uint8Array => new Uint8Array(readFileSync(vectorPath(name)));

export function vectorLines<T>(name: string): T[] {
  return readFileSync(vectorPath(name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** A challenge for a k=18 plot that begins with this f7. */
export function challengeOf(f7: number): Uint8Array {
  const challenge = new Uint8Array(32).fill(0xa7);
  challenge[0] = f7 >>> 10;
  challenge[1] = f7 >>> 2;
  challenge[2] = (f7 << 6) | 0x27;
  return challenge;
}
