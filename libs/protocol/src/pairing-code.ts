import { limits } from './limits.js';

/** Crockford's base 32: no I, L, O or U, so a code read aloud or off a screen is not mistaken. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Eight characters (40 bits) out of five random bytes, shown as XXXX-XXXX. */
export function formatPairingCode(random: Uint8Array): string {
  let bits = 0n;
  for (const byte of random.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let i = limits.pairingCodeLength - 1; i >= 0; i--)
    code += alphabet[Number((bits >> BigInt(5 * i)) & 31n)];
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The code without dash, upper case and with look-alikes mended, or null when it cannot be one. */
export function parsePairingCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return code.length === limits.pairingCodeLength && [...code].every((c) => alphabet.includes(c))
    ? code
    : null;
}
