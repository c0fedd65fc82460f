import { hash } from './bmt.js';

/** Blocks of a round of the redistribution game: storage-incentives src/Redistribution.sol ROUND_LENGTH. */
export const ROUND_BLOCKS = 152;

/** What a node is to do at a block: commit, reveal, claim; a quarter, a quarter and half of a round. */
export type GamePhase = 'commit' | 'reveal' | 'claim';

/** Round of a block, and its phase. */
export function gameRound(block: number): { round: number; phase: GamePhase } {
  const within = block % ROUND_BLOCKS;
  const quarter = ROUND_BLOCKS / 4;
  const phase = within < quarter ? 'commit' : within < 2 * quarter ? 'reveal' : 'claim';
  return { round: Math.floor(block / ROUND_BLOCKS), phase };
}

/**
 * What a node commits to on chain (32 bytes): keccak256(overlay | depth | reserve commitment | nonce). Source:
 * storage-incentives src/Redistribution.sol wrapCommit.
 */
export function obfuscatedCommit(
  overlay: Uint8Array,
  depth: number,
  reserveHash: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  return hash(overlay, Uint8Array.of(depth), reserveHash, nonce);
}
