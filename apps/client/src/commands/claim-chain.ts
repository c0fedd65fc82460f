import type { ChainReader } from '#libs/claims';
import type { ChainPort } from '#libs/settlement';

/** What claims read of a chain, from a JSON-RPC node. Rejects with a ChainError. */
export const claimReader = (chain: ChainPort): ChainReader => ({
  chainId: () => chain.chainId(),
  blockNumber: () => chain.blockNumber('latest'),
  time: async () => (await chain.getBlock('latest'))?.timestamp ?? 0,
  call: (to, data) => chain.call({ to, data }),
  logs: (filter) => chain.getLogs(filter),
  transaction: (hash) => chain.getTransaction(hash),
});
