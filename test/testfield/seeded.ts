import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { bytesToHex, type KeyPair } from '#libs/protocol';
import { Entropy } from '../../apps/center/src/platform/entropy.js';

/** Bytes that are the same in every run of a seed. */
export class SeededEntropy extends Entropy {
  private drawn = 0;

  constructor(private readonly seed: number) {
    super();
  }

  bytes(count: number): Uint8Array {
    const out = new Uint8Array(count);
    for (let at = 0; at < count; at += 32) {
      const block = createHash('sha256')
        .update(`${this.seed}/${this.drawn++}`)
        .digest();
      out.set(block.subarray(0, count - at), at);
    }
    return out;
  }

  /** 0 … 1. */
  number(): number {
    return Buffer.from(this.bytes(6)).readUIntBE(0, 6) / 2 ** 48;
  }

  /** A sequence of its own: what one client draws does not depend on the others. */
  sequence(): () => number {
    const own = new SeededEntropy(Math.floor(this.number() * 2 ** 48));
    return () => own.number();
  }
}

/** As newKeyPair, by OpenSSL: thousands of them in a second. */
export function keyPairOf(seed: Uint8Array): KeyPair {
  const d = Buffer.from(seed).toString('base64url');
  // Node wants a public part, and works it out by itself
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x: '' }, format: 'jwk' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return { secretKey: bytesToHex(seed), publicKey: Buffer.from(x!, 'base64url').toString('hex') };
}
