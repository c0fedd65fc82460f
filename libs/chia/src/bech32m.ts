const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32M = 0x2bc830a3;
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Bech32m (BIP-350) of whole bytes under a lower-case prefix. */
export function encodeBech32m(prefix: string, bytes: Uint8Array): string {
  const words = regroup(bytes, 8, 5, true) as number[];
  const check = polymod([...expandPrefix(prefix), ...words, 0, 0, 0, 0, 0, 0]) ^ BECH32M;
  const checksum = [25, 20, 15, 10, 5, 0].map((shift) => (check >>> shift) & 31);
  return `${prefix}1${[...words, ...checksum].map((word) => ALPHABET[word]).join('')}`;
}

/** Prefix and bytes, or null for anything that is not valid Bech32m (at most 90 characters, one case). */
export function decodeBech32m(text: string): { prefix: string; bytes: Uint8Array } | null {
  const lower = text.toLowerCase();
  if (text.length > 90 || (text !== lower && text !== text.toUpperCase())) return null;
  const at = lower.lastIndexOf('1');
  const prefix = lower.slice(0, at);
  if (at < 1 || lower.length - at < 7 || !/^[\x21-\x7e]+$/.test(prefix)) return null;
  const words = [...lower.slice(at + 1)].map((character) => ALPHABET.indexOf(character));
  if (words.includes(-1) || polymod([...expandPrefix(prefix), ...words]) !== BECH32M) return null;
  const bytes = regroup(words.slice(0, -6), 5, 8, false);
  return bytes && { prefix, bytes: Uint8Array.from(bytes) };
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((factor, bit) => {
      if ((top >>> bit) & 1) check ^= factor;
    });
  }
  return check >>> 0;
}

function expandPrefix(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
}

/** Regroups bits; without padding, leftover bits must be fewer than a group and zero, else null. */
function regroup(values: Iterable<number>, from: number, to: number, pad: boolean): number[] | null {
  const out: number[] = [];
  let pending = 0;
  let bits = 0;
  for (const value of values) {
    pending = ((pending << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((pending >>> bits) & ((1 << to) - 1));
    }
  }
  if (pad) {
    if (bits > 0) out.push((pending << (to - bits)) & ((1 << to) - 1));
    return out;
  }
  return bits >= from || (pending & ((1 << bits) - 1)) !== 0 ? null : out;
}
