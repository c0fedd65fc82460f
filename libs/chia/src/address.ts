import { decodeBech32m, encodeBech32m } from './bech32m.js';
import { ChiaError } from './errors.js';
import { assertPuzzleHash } from './memo.js';

/** `xch` on mainnet, `txch` on testnets. */
export type AddressPrefix = 'xch' | 'txch';

/** Address of a puzzle hash (32 bytes). @throws ChiaError `puzzle-hash-invalid` */
export function encodeAddress(puzzleHash: Uint8Array, prefix: AddressPrefix = 'xch'): string {
  assertPuzzleHash(puzzleHash);
  return encodeBech32m(prefix, puzzleHash);
}

/**
 * Puzzle hash (32 bytes) of an address.
 *
 * @param expected when given, an address of the other network is refused
 * @throws ChiaError `address-invalid`, `address-prefix-wrong`
 */
export function decodeAddress(
  address: string,
  expected?: AddressPrefix,
): { puzzleHash: Uint8Array; prefix: AddressPrefix } {
  const decoded = decodeBech32m(address.trim());
  if (decoded?.bytes.length !== 32) {
    throw new ChiaError('address-invalid', 'not a Chia address: a character is missing, wrong or too many');
  }
  const { prefix, bytes } = decoded;
  if ((prefix !== 'xch' && prefix !== 'txch') || (expected !== undefined && prefix !== expected)) {
    throw new ChiaError(
      'address-prefix-wrong',
      `the address begins with ${prefix}1, not ${expected ?? 'xch'}1`,
    );
  }
  return { puzzleHash: bytes, prefix };
}
