import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, sameBytes } from './bytes.js';
import { SwarmError } from './errors.js';

/** Bytes of a signature: r | s | v with v 27 or 28. */
export const SIGNATURE_BYTES = 65;
/** Bytes of an Ethereum address. */
export const OWNER_BYTES = 20;

const PREFIX = new TextEncoder().encode('\x19Ethereum Signed Message:\n32');

/** What is signed for a 32-byte digest under EIP-191: bee pkg/crypto/signer.go hashWithEthereumPrefix. */
export function personalDigest(digest: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(PREFIX, digest));
}

/** 20 bytes of the key's Ethereum address. @throws SwarmError `private-key-invalid` */
export function addressOfKey(privateKey: Uint8Array): Uint8Array {
  checkKey(privateKey);
  return addressOfPublicKey(secp256k1.getPublicKey(privateKey, false));
}

/** Signs a digest as it is: r | s | v, s in the lower half, deterministic (RFC 6979). */
export function signDigest(digest: Uint8Array, privateKey: Uint8Array): Uint8Array {
  checkKey(privateKey);
  const [recovery, ...rest] = secp256k1.sign(digest, privateKey, { prehash: false, format: 'recovered' });
  return Uint8Array.from([...rest, 27 + (recovery as number)]);
}

/** Address of whoever signed the digest, or null when no key could have made this signature. */
export function recoverSigner(digest: Uint8Array, signature: Uint8Array): Uint8Array | null {
  const v = signature[64];
  if (signature.length !== SIGNATURE_BYTES || (v !== 27 && v !== 28)) return null;
  const recovered = concatBytes(Uint8Array.of(v - 27), signature.subarray(0, 64));
  try {
    const compressed = secp256k1.recoverPublicKey(recovered, digest, { prehash: false });
    return addressOfPublicKey(secp256k1.Point.fromBytes(compressed).toBytes(false));
  } catch {
    // r or s outside the curve's order, or no point with this r: noble throws, we say "nobody"
    return null;
  }
}

/** Whether `signer` (20 bytes) signed the digest. */
export function isSignedBy(digest: Uint8Array, signature: Uint8Array, signer: Uint8Array): boolean {
  const recovered = recoverSigner(digest, signature);
  return recovered !== null && sameBytes(recovered, signer);
}

function addressOfPublicKey(uncompressed: Uint8Array): Uint8Array {
  return keccak_256(uncompressed.subarray(1)).slice(12);
}

function checkKey(privateKey: Uint8Array): void {
  if (!secp256k1.utils.isValidSecretKey(privateKey))
    throw new SwarmError('private-key-invalid', 'a private key is 32 bytes below the order of secp256k1');
}
