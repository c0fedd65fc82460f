import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, concatBytes } from '@noble/curves/utils.js';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { publicKey, publicPoint, secretBytes, secretNumber } from './bls.js';
import { ChiaError } from './errors.js';

const SALT = new TextEncoder().encode('BLS-SIG-KEYGEN-SALT-');
/** The two bytes of the output length 48, as info. */
const KEYGEN_INFO = Uint8Array.of(0, 48);
const LAMPORT_BYTES = 255 * 32;

/**
 * Secret key (32 bytes) from at least 32 bytes of secret. HKDF-SHA256 with the salt as it stands: the final
 * EIP-2333 hashes the salt first and gives other keys, so packages for it do not fit Chia.
 * Source: chia_rs crates/chia-bls/src/secret_key.rs. @throws ChiaError `seed-too-short`
 */
export function keyGen(seed: Uint8Array): Uint8Array {
  if (seed.length < 32) throw new ChiaError('seed-too-short', 'a seed has at least 32 bytes');
  const okm = hkdf(sha256, concatBytes(seed, Uint8Array.of(0)), SALT, KEYGEN_INFO, 48);
  return secretBytes(bytesToNumberBE(okm));
}

/** Child along a path of hardened indices (0 … 2^32-1). @throws ChiaError `secret-key-invalid`, `index-invalid` */
export function deriveHardened(secretKey: Uint8Array, path: readonly number[]): Uint8Array {
  secretNumber(secretKey);
  return path.reduce<Uint8Array>(
    (parent, index) => keyGen(lamportPublicKey(parent, indexBytes(index))),
    secretKey,
  );
}

/**
 * Child number `index` that can also be derived from the public key alone (an observer key). Takes a secret
 * key (32 bytes) or a public key (48 bytes) and returns the child of the same kind.
 * @throws ChiaError `secret-key-invalid`, `public-key-invalid`, `index-invalid`
 */
export function deriveUnhardened(key: Uint8Array, index: number): Uint8Array {
  if (key.length === 48) {
    const point = publicPoint(key);
    const offset = bls12_381.fields.Fr.create(childOffset(key, index));
    return point.add(bls12_381.G1.Point.BASE.multiply(offset)).toBytes(true);
  }
  return secretBytes(secretNumber(key) + childOffset(publicKey(key), index));
}

/** {@link deriveUnhardened} along a path. */
export function deriveUnhardenedPath(key: Uint8Array, path: readonly number[]): Uint8Array {
  return path.reduce<Uint8Array>(deriveUnhardened, key);
}

function childOffset(parentPublicKey: Uint8Array, index: number): bigint {
  return bytesToNumberBE(sha256(concatBytes(parentPublicKey, indexBytes(index))));
}

function indexBytes(index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index > 0xffffffff) {
    throw new ChiaError('index-invalid', 'an index is a whole number from 0 to 2^32-1');
  }
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
}

/** parent_SK_to_lamport_PK of EIP-2333: a hash over 2 x 255 one-time key halves. */
function lamportPublicKey(secretKey: Uint8Array, salt: Uint8Array): Uint8Array {
  const inverse = secretKey.map((byte) => byte ^ 0xff);
  const all = sha256.create();
  for (const half of [secretKey, inverse]) {
    const chunks = expand(sha256, extract(sha256, half, salt), new Uint8Array(0), LAMPORT_BYTES);
    for (let at = 0; at < LAMPORT_BYTES; at += 32) all.update(sha256(chunks.subarray(at, at + 32)));
  }
  return all.digest();
}
