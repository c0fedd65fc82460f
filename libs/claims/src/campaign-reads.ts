import { AbiReader, selectorOf, wordOf } from './abi.js';
import type { ChainReader } from './chain-reader.js';
import { ClaimError } from './errors.js';

/** What of a payout contract decides whether a claim would be taken now. */
export interface ContractState {
  /** The active root, 0x-prefixed; 32 zero bytes before the first. */
  root: string;
  /** manifestHash of the bundle it comes from, hex. */
  dataHash: string;
  /** Unix seconds. */
  claimsOpenAt: number;
  /** Unix seconds; in the past when payouts are not paused. */
  pausedUntil: number;
}

const ZERO = `0x${'00'.repeat(32)}`;

/** @throws ClaimError `contract_unreadable`; whatever the reader throws */
export async function readContract(chain: ChainReader, contract: string): Promise<ContractState> {
  const [root, dataHash, claimsOpenAt, pausedUntil] = await Promise.all([
    word(chain, contract, selectorOf('root()')),
    word(chain, contract, selectorOf('dataHash()')),
    word(chain, contract, selectorOf('claimsOpenAt()')),
    word(chain, contract, selectorOf('pausedUntil()')),
  ]);
  return {
    root,
    dataHash: dataHash.slice(2),
    claimsOpenAt: Number(BigInt(claimsOpenAt)),
    pausedUntil: Number(BigInt(pausedUntil)),
  };
}

/** Hash of the chunk's vector already paid; null when it was never paid. @throws ClaimError `contract_unreadable` */
export async function readApplied(
  chain: ChainReader,
  contract: string,
  chunk: number,
): Promise<string | null> {
  const applied = await word(chain, contract, `${selectorOf('applied(uint256)')}${wordOf(chunk)}`);
  return applied === ZERO ? null : applied;
}

async function word(chain: ChainReader, contract: string, data: string): Promise<string> {
  const answer = await chain.call(contract, data);
  if (answer.length !== 66 || (AbiReader.of(answer)?.number(0) ?? null) === null)
    throw new ClaimError('contract_unreadable', { contract });
  return answer.toLowerCase();
}
