import { hash, spanBytes } from './bmt.js';
import { SwarmError } from './errors.js';

/**
 * Overlay address (32 bytes) of a Bee node: keccak256(address | network id, 8 bytes little-endian | nonce).
 * Source: bee pkg/crypto/crypto.go NewOverlayFromEthereumAddress.
 *
 * @param ethereumAddress 20 bytes
 * @param networkId 1 for the main network, 10 for the test network
 * @param nonce 32 bytes, chosen by the node: an overlay can be mined into any neighbourhood
 * @throws SwarmError `address-invalid`, `network-id-out-of-range`, `nonce-invalid`
 */
export function overlayAddress(
  ethereumAddress: Uint8Array,
  networkId: bigint,
  nonce: Uint8Array,
): Uint8Array {
  if (ethereumAddress.length !== 20)
    throw new SwarmError('address-invalid', 'an Ethereum address has 20 bytes');
  if (nonce.length !== 32) throw new SwarmError('nonce-invalid', 'an overlay nonce has 32 bytes');
  if (networkId < 0n || networkId > 0xffffffffffffffffn) {
    throw new SwarmError('network-id-out-of-range', 'a network id is a number from 0 to 2^64-1');
  }
  return hash(ethereumAddress, spanBytes(networkId), nonce);
}
