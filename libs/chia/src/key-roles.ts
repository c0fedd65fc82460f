import { sha256 } from '@noble/hashes/sha2.js';
import { deriveHardened, deriveUnhardenedPath } from './key-derivation.js';

/** EIP-2334 purpose and Chia's coin number, which begin every path. */
const ROOT = [12381, 8444] as const;

/** Paths below a master key (chia/wallet/derive_keys.py). All hardened, but for observer wallets. */
export const keyPaths = {
  farmer: [...ROOT, 0, 0],
  pool: [...ROOT, 1, 0],
  /** Below the plot's own random master key, not below the wallet's. */
  local: [...ROOT, 3, 0],
  backup: [...ROOT, 4, 0],
  /** m/12381/8444/2, the parent of the wallet keys: the observer key when unhardened. */
  walletParent: [...ROOT, 2],
  wallet: (index: number): number[] => [...ROOT, 2, index],
  singletonOwner: (index: number): number[] => [...ROOT, 5, index],
  poolAuthentication: (wallet: number, index: number): number[] => [...ROOT, 6, wallet * 10_000 + index],
} as const;

/** The farmer's secret key. */
export const farmerSecretKey = (master: Uint8Array): Uint8Array => deriveHardened(master, keyPaths.farmer);

/** The pool secret key (plots of before pool contracts). */
export const poolSecretKey = (master: Uint8Array): Uint8Array => deriveHardened(master, keyPaths.pool);

/** The harvester's half of a plot's key, from the plot's own master key. */
export const localSecretKey = (plotMaster: Uint8Array): Uint8Array =>
  deriveHardened(plotMaster, keyPaths.local);

/** Secret key of wallet address `index`, hardened. */
export const walletSecretKey = (master: Uint8Array, index: number): Uint8Array =>
  deriveHardened(master, keyPaths.wallet(index));

/**
 * The key at m/12381/8444/2, unhardened. Its public key is the observer key: who has it can list the
 * wallet's addresses and spend nothing.
 */
export const observerSecretKey = (master: Uint8Array): Uint8Array =>
  deriveUnhardenedPath(master, keyPaths.walletParent);

/** The number by which Chia's tools name a key: the first four bytes of SHA-256 of the public key. */
export function fingerprint(publicKey: Uint8Array): number {
  const digest = sha256(publicKey);
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}
