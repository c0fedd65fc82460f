import type { ChainReader, ReadLog } from '#libs/claims';
import { askWallet, WalletError } from '../wallet/ask-wallet.js';
import type { WalletProvider } from '../wallet/injected-wallets.js';

const hex = (value: number | bigint) => `0x${value.toString(16)}`;

/** Anything but the shape that was asked for is the wallet's failure. */
function text(value: unknown): string {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]*$/.test(value)) throw new WalletError('failed');
  return value;
}
const object = (value: unknown): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) throw new WalletError('failed');
  return value as Record<string, unknown>;
};

/** The chain as a wallet's provider shows it: neither the center nor a node of anybody's is asked. Errors: WalletError. */
export function walletChain(provider: WalletProvider): ChainReader {
  const ask = (method: string, ...params: unknown[]) => askWallet(provider, method, params);
  return {
    chainId: async () => Number(text(await ask('eth_chainId'))),
    blockNumber: async () => Number(text(await ask('eth_blockNumber'))),
    time: async () => Number(text(object(await ask('eth_getBlockByNumber', 'latest', false)).timestamp)),
    call: async (to, data) => text(await ask('eth_call', { to, data }, 'latest')),
    async logs({ address, topic, fromBlock, toBlock }) {
      const filter = { address, topics: [topic], fromBlock: hex(fromBlock), toBlock: hex(toBlock) };
      const found = await ask('eth_getLogs', filter);
      if (!Array.isArray(found)) throw new WalletError('failed');
      return found.map((log: unknown): ReadLog => {
        const { topics, data, blockNumber, logIndex, transactionHash } = object(log);
        if (!Array.isArray(topics)) throw new WalletError('failed');
        return {
          topics: topics.map(text),
          data: text(data),
          blockNumber: Number(text(blockNumber)),
          logIndex: Number(text(logIndex)),
          transactionHash: text(transactionHash),
        };
      });
    },
    async transaction(hash) {
      const found = await ask('eth_getTransactionByHash', hash);
      if (found === null) return null;
      const { to, input } = object(found);
      return { to: to === null ? null : text(to), data: text(input) };
    },
  };
}

export interface SentClaim {
  to: string;
  data: string;
}

/** Most that a claim costs, wei of the chain's own coin; null when the wallet does not say. */
export async function claimFee(
  provider: WalletProvider,
  from: string,
  { to, data }: SentClaim,
): Promise<bigint | null> {
  try {
    const [gas, price] = await Promise.all([
      askWallet(provider, 'eth_estimateGas', [{ from, to, data }]),
      askWallet(provider, 'eth_gasPrice'),
    ]);
    return BigInt(text(gas)) * BigInt(text(price));
  } catch {
    return null;
  }
}

/** Has the wallet send it, fee and all as the wallet sees fit; returns the transaction's hash. Errors: WalletError. */
export async function sendClaim(
  provider: WalletProvider,
  from: string,
  { to, data }: SentClaim,
): Promise<string> {
  return text(await askWallet(provider, 'eth_sendTransaction', [{ from, to, data }]));
}

const POLL_MS = 1500;

/** Waits until a transaction is in a block, as the wallet's node sees it. Errors: WalletError. */
export async function whenMined(
  provider: WalletProvider,
  hash: string,
  signal: AbortSignal,
): Promise<{ ok: boolean; blockNumber: number }> {
  while (!signal.aborted) {
    const receipt = await askWallet(provider, 'eth_getTransactionReceipt', [hash]);
    if (receipt !== null) {
      const { status, blockNumber } = object(receipt);
      return { ok: BigInt(text(status)) === 1n, blockNumber: Number(text(blockNumber)) };
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new WalletError('failed');
}

/** Asks the wallet to go to another chain. Errors: WalletError. */
export const switchChain = (provider: WalletProvider, chainId: number): Promise<unknown> =>
  askWallet(provider, 'wallet_switchEthereumChain', [{ chainId: hex(chainId) }]);
