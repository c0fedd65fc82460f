import type { BlockTag, ChainPort } from '../chain.js';
import { tokenInterface } from '../contract-interfaces.js';
import { readContract } from '../contract-read.js';
import { ChequebookContract, type ChequebookState } from './chequebook-contract.js';

/** A chequebook and its token's symbol, at most 32 characters, and decimals. */
export interface ChequebookTerms extends ChequebookState {
  readonly symbol: string;
  readonly decimals: number;
}

/** @throws ChainError; `rpc_refused` or `would_revert` when there is no chequebook at `address` */
export async function readChequebookTerms(
  chain: ChainPort,
  address: string,
  tag: BlockTag = 'latest',
): Promise<ChequebookTerms> {
  const state = await new ChequebookContract(chain, address).state(tag);
  const ofToken = async (name: string) =>
    (await readContract(chain, tokenInterface, state.token, name, [], tag))[0];
  const [symbol, decimals] = await Promise.all([ofToken('symbol'), ofToken('decimals')]);
  return { ...state, symbol: symbol.slice(0, 32), decimals: Number(decimals) };
}
