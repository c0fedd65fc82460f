import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from './hex.js';
import { limits } from './limits.js';

/** Number of pieces of a plot of this size. */
export function pieceCount(plotBytes: number): number {
  return Math.ceil(plotBytes / limits.pieceBytes);
}

/** Size of piece `index`, in bytes; 0 when there is no such piece. */
export function pieceLength(plotBytes: number, index: number): number {
  return Math.max(0, Math.min(limits.pieceBytes, plotBytes - index * limits.pieceBytes));
}

/** SHA-256 over the SHA-256 hashes of all pieces in order: fixes a file's content in 32 bytes, hex. */
export function contentRootOf(pieceHashes: readonly string[]): string {
  const hash = sha256.create();
  for (const piece of pieceHashes) hash.update(hexToBytes(piece));
  return bytesToHex(hash.digest());
}
