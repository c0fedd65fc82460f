import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The mixed-case form of a 0x address whose case is a checksum (EIP-55). Takes 40 hex digits after 0x, any case. */
export function toChecksumAddress(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = bytesToHex(keccak_256(new TextEncoder().encode(digits)));
  return `0x${[...digits].map((digit, i) => (Number.parseInt(hash[i]!, 16) >= 8 ? digit.toUpperCase() : digit)).join('')}`;
}

export type AddressProblem = 'form' | 'checksum' | 'zero';

/**
 * Reads an address a person typed. All-lower and all-upper case carry no checksum and are taken as they are;
 * mixed case must check (EIP-55), since that is what catches a wrong digit.
 */
export function readAddress(
  text: string,
): { address: string; problem: null } | { address: null; problem: AddressProblem } {
  const trimmed = text.trim();
  if (!/^0x[0-9a-fA-F]{40}$/.test(trimmed)) return { address: null, problem: 'form' };
  const address = toChecksumAddress(trimmed);
  const digits = trimmed.slice(2);
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  if (mixed && address !== trimmed) return { address: null, problem: 'checksum' };
  if (/^0x0{40}$/.test(address)) return { address: null, problem: 'zero' };
  return { address, problem: null };
}
