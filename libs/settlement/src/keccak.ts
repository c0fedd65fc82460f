import { keccak_256 } from '@noble/hashes/sha3.js';

/** Keccak-256 as the EVM has it (not SHA3-256). The one place the tree takes its hash from. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}
