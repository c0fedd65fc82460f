import { randomBytes } from 'node:crypto';

/** The only source of randomness for domain code. */
export abstract class Entropy {
  abstract bytes(count: number): Uint8Array;
}

export class SystemEntropy extends Entropy {
  bytes(count: number) {
    return new Uint8Array(randomBytes(count));
  }
}
