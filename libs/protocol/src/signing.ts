import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalText } from './canonical-json.js';
import { bytesToHex, hexToBytes } from './hex.js';

/** What a signature is for. It is hashed in, so a signature of one purpose never passes for another. */
export type SignaturePurpose =
  | 'croft/pair/1'
  | 'croft/connect/1'
  | 'croft/answer/1'
  | 'croft/receipt/1'
  | 'croft/bundle/1';

export interface KeyPair {
  /** 32-byte Ed25519 seed, hex. Secret. */
  secretKey: string;
  /** 32-byte Ed25519 public key, hex. */
  publicKey: string;
}

/** A new key pair; `seed` is 32 bytes of randomness, from the system when omitted. */
export function newKeyPair(seed: Uint8Array = ed25519.utils.randomSecretKey()): KeyPair {
  return { secretKey: bytesToHex(seed), publicKey: bytesToHex(ed25519.getPublicKey(seed)) };
}

/** The canonical bytes (RFC 8785) of a JSON value, UTF-8. Throws TypeError for what is not JSON. */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalText(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return new TextEncoder().encode(text);
}

/** SHA-256 of bytes given piece by piece; a platform's own is faster than the one in JavaScript. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}
export const newSha256 = (): Hasher => sha256.create();

/** SHA-256 over purpose, a zero byte and the canonical JSON; hex. */
export function contentHash(purpose: SignaturePurpose, content: unknown, newHash = newSha256): string {
  const hash = newHash();
  hash.update(new TextEncoder().encode(`${purpose}\0`));
  hash.update(canonicalBytes(content));
  return bytesToHex(hash.digest());
}

/** Ed25519 (RFC 8032) over contentHash; 64 bytes as hex. */
export function sign(purpose: SignaturePurpose, content: unknown, secretKey: string): string {
  return bytesToHex(ed25519.sign(hexToBytes(contentHash(purpose, content)), hexToBytes(secretKey)));
}

/** True when `signature` was made over this content, for this purpose, by this key. Never throws. */
export function verify(purpose: SignaturePurpose, content: unknown, signature: string, publicKey: string) {
  try {
    return verifyHash({ hash: contentHash(purpose, content), signature, publicKey });
  } catch {
    return false;
  }
}

/** A signature over a contentHash, and whose it must be; all hex. */
export interface SignedHash {
  hash: string;
  signature: string;
  publicKey: string;
}

/** As `verify`, of content that is hashed already. Never throws. */
export function verifyHash({ hash, signature, publicKey }: SignedHash): boolean {
  try {
    return ed25519.verify(hexToBytes(signature), hexToBytes(hash), hexToBytes(publicKey));
  } catch {
    return false;
  }
}
