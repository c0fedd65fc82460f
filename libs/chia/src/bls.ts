import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, concatBytes, numberToBytesBE } from '@noble/curves/utils.js';
import { ChiaError } from './errors.js';

const G1 = bls12_381.G1.Point;
const G2 = bls12_381.G2.Point;
const signatures = bls12_381.longSignatures;

/** Order of the groups: secret keys lie in 1 … r-1. */
export const GROUP_ORDER = bls12_381.fields.Fr.ORDER;

/** Domain of Chia's AugSchemeMPL (chia_rs crates/chia-bls/src/signature.rs). */
const AUG_SCHEME_DST = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_AUG_';

export type G1Point = InstanceType<typeof G1>;

/** A secret key's number from its 32 bytes, big-endian. @throws ChiaError `secret-key-invalid` */
export function secretNumber(secretKey: Uint8Array): bigint {
  const value = secretKey.length === 32 ? bytesToNumberBE(secretKey) : 0n;
  if (value === 0n || value >= GROUP_ORDER) {
    throw new ChiaError('secret-key-invalid', 'a secret key is 32 bytes, over 0 and under the group order');
  }
  return value;
}

/** 32 bytes, big-endian, of a number reduced by the group order. */
export function secretBytes(value: bigint): Uint8Array {
  return numberToBytesBE(bls12_381.fields.Fr.create(value), 32);
}

/**
 * The point of a compressed public key (48 bytes), checked to lie in the right subgroup and not to be the
 * neutral element, for which anybody could sign. @throws ChiaError `public-key-invalid`
 */
export function publicPoint(publicKey: Uint8Array): G1Point {
  if (publicKey.length !== 48) throw new ChiaError('public-key-invalid', 'a public key has 48 bytes');
  try {
    const point = G1.fromBytes(publicKey);
    point.assertValidity();
    if (point.is0()) throw new Error('the point at infinity');
    return point;
  } catch (cause) {
    throw new ChiaError('public-key-invalid', 'these 48 bytes are no point of the group G1', { cause });
  }
}

/** The point of a secret key (32 bytes). @throws ChiaError `secret-key-invalid` */
export function pointOf(secretKey: Uint8Array): G1Point {
  return G1.BASE.multiply(secretNumber(secretKey));
}

/** Public key (48 bytes) of a secret key (32 bytes). @throws ChiaError `secret-key-invalid` */
export function publicKey(secretKey: Uint8Array): Uint8Array {
  return pointOf(secretKey).toBytes(true);
}

/** Sum of public keys, as in plot keys. @throws ChiaError `public-key-invalid`, also for an empty list */
export function aggregatePublicKeys(keys: readonly Uint8Array[]): Uint8Array {
  const sum = keys.reduce((total, key) => total.add(publicPoint(key)), G1.ZERO);
  if (sum.is0()) throw new ChiaError('public-key-invalid', 'these public keys sum to nothing');
  return sum.toBytes(true);
}

/**
 * Signature (96 bytes, G2) in Chia's augmented scheme: what is signed is `augmentation | message`.
 *
 * @param augmentation the signer's own public key by default; for plots the aggregate plot public key
 *   (sign_prepend), so that the halves of harvester and farmer add up
 * @throws ChiaError `secret-key-invalid`
 */
export function sign(secretKey: Uint8Array, message: Uint8Array, augmentation?: Uint8Array): Uint8Array {
  const prefix = augmentation ?? publicKey(secretKey);
  const hashed = signatures.hash(concatBytes(prefix, message), AUG_SCHEME_DST);
  return hashed.multiply(secretNumber(secretKey)).toBytes(true);
}

/** Whether `signature` (96 bytes) is this key's over `message`; false for anything malformed. */
export function verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const point = publicPoint(key);
    const hashed = signatures.hash(concatBytes(key, message), AUG_SCHEME_DST);
    return signature.length === 96 && signatures.verify(G2.fromBytes(signature), hashed, point);
  } catch {
    return false;
  }
}

/** Sum of signatures over the same augmented message. @throws ChiaError `signature-invalid` */
export function aggregateSignatures(parts: readonly Uint8Array[]): Uint8Array {
  try {
    return parts.reduce((total, part) => total.add(G2.fromBytes(part)), G2.ZERO).toBytes(true);
  } catch (cause) {
    throw new ChiaError('signature-invalid', 'a signature is a point of G2 in 96 bytes', { cause });
  }
}
