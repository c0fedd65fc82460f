import { Interface } from 'ethers';
import type { Chain } from '../platform/chain.js';

const erc20 = new Interface([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);

/** What an ERC-20 says of itself; a symbol is cut to 20 characters. Rejects with a ChainError. */
export async function readToken(chain: Chain, token: string): Promise<{ symbol: string; decimals: number }> {
  const read = async (name: 'symbol' | 'decimals') =>
    erc20.decodeFunctionResult(
      name,
      await chain.call({ to: token, data: erc20.encodeFunctionData(name) }),
    )[0];
  return { symbol: String(await read('symbol')).slice(0, 20), decimals: Number(await read('decimals')) };
}
