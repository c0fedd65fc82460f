import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '#libs/protocol';

/** The little of the contract ABI that claims need; test/claim.spec.ts holds it against another implementation. */

const WORD = 32;

/** First four bytes of a call, 0x-prefixed. @param signature as `claim(uint256)`, tuples in parentheses */
export const selectorOf = (signature: string): string => `0x${hashOf(signature).slice(0, 8)}`;
/** First topic of an event, 0x-prefixed. */
export const topicOf = (signature: string): string => `0x${hashOf(signature)}`;

const hashOf = (text: string) => bytesToHex(keccak_256(new TextEncoder().encode(text)));

/** A number as a word, 64 hex digits. */
export const wordOf = (value: bigint | number): string => BigInt(value).toString(16).padStart(64, '0');
/** An address as a word. */
export const addressWord = (address: string): string => address.slice(2).toLowerCase().padStart(64, '0');
/** Bytes with their length before them, filled up to whole words. */
export function bytesWords(bytes: Uint8Array): string {
  const digits = bytesToHex(bytes);
  return wordOf(bytes.length) + digits.padEnd(Math.ceil(digits.length / 64) * 64, '0');
}

/** Reads calldata and results. Every offset and length is checked: null stands for what is not there. */
export class AbiReader {
  constructor(private readonly bytes: Uint8Array) {}

  /** @param hex 0x-prefixed; null for what is not hex */
  static of(hex: string, skipBytes = 0): AbiReader | null {
    if (!/^0x([0-9a-fA-F]{2})*$/.test(hex)) return null;
    return new AbiReader(hexToBytes(hex.slice(2)).subarray(skipBytes));
  }

  /** The number in the word at this byte. */
  number(at: number): bigint | null {
    const word = this.bytes.subarray(at, at + WORD);
    return word.length === WORD ? BigInt(`0x${bytesToHex(word)}`) : null;
  }

  /** The tuple or array whose offset stands at `at`; `base` is what offsets count from. */
  part(at: number, base = 0): AbiReader | null {
    const offset = this.small(at);
    if (offset === null || base + offset > this.bytes.length) return null;
    return new AbiReader(this.bytes.subarray(base + offset));
  }

  /** The bytes that begin here, length first. */
  content(): Uint8Array | null {
    const length = this.small(0);
    if (length === null || WORD + length > this.bytes.length) return null;
    return this.bytes.subarray(WORD, WORD + length);
  }

  /** The dynamic elements of the array that begins here. */
  elements(most: number): AbiReader[] | null {
    const count = this.small(0);
    if (count === null || count > most) return null;
    const behind = new AbiReader(this.bytes.subarray(WORD));
    const found = Array.from({ length: count }, (_, i) => behind.part(i * WORD));
    return found.every((element) => element !== null) ? (found as AbiReader[]) : null;
  }

  private small(at: number): number | null {
    const value = this.number(at);
    return value === null || value > 2n ** 31n ? null : Number(value);
  }
}
