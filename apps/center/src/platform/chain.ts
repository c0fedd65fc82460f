import { ChainError, type ChainPort, type ChainReceipt } from '#libs/settlement';
import type { CenterConfig } from './config.js';

/** Injection token of the port to the payout chain. */
export const CHAIN = Symbol('CHAIN');
export type Chain = ChainPort;

/** The newest block the operator takes for final. */
export async function finalBlock(chain: Chain, finality: CenterConfig['CHAIN_FINALITY']): Promise<number> {
  if (finality === 'finalized') return chain.blockNumber('finalized');
  return Math.max(0, (await chain.blockNumber('latest')) - finality + 1);
}

/**
 * A receipt as it may be believed: its block is the one the chain has at that height, and it does not contradict
 * itself. A node that makes one up, or tells of another branch, is found out here. Rejects with a ChainError `answers_differ`.
 */
export async function confirmedReceipt(chain: Chain, hash: string): Promise<ChainReceipt | null> {
  // twice: the chain may be reorganised between the two questions
  for (let tries = 0; tries < 2; tries++) {
    const receipt = await chain.getReceipt(hash);
    if (!receipt) return null;
    const block = await chain.getBlock(receipt.blockNumber);
    // what reverts leaves no events behind
    const whole = receipt.status === 'success' || receipt.logs.length === 0;
    if (whole && receipt.hash === hash && block?.hash === receipt.blockHash) return receipt;
  }
  throw new ChainError(
    'answers_differ',
    `the receipt of ${hash} is of no block the node has, or contradicts itself`,
  );
}
