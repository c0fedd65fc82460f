import { getAddress } from 'ethers';
import { z } from 'zod';

/** Ethereum JSON-RPC answers (ethereum/execution-apis, src/schemas), turned into the types of chain.ts. */

const hash = z.string().regex(/^0x[0-9a-fA-F]{64}$/);
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => getAddress(text.toLowerCase()));
const data = z.string().regex(/^0x[0-9a-fA-F]*$/);

export const quantity = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/)
  .transform((text) => BigInt(text));
const count = quantity.transform(Number);

export const block = z
  .object({
    number: count,
    hash,
    parentHash: hash,
    timestamp: count,
    baseFeePerGas: quantity.nullish(),
  })
  .transform(({ baseFeePerGas, ...rest }) => ({ ...rest, baseFeePerGas: baseFeePerGas ?? null }));

export const log = z.object({
  address,
  topics: z.array(hash),
  data,
  logIndex: count,
  blockNumber: count,
  blockHash: hash,
  transactionHash: hash,
});

export const receipt = z
  .object({
    transactionHash: hash,
    status: count,
    blockNumber: count,
    blockHash: hash,
    from: address,
    to: address.nullish(),
    contractAddress: address.nullish(),
    gasUsed: quantity,
    effectiveGasPrice: quantity,
    logs: z.array(log),
  })
  .transform(({ transactionHash, status, to, contractAddress, ...rest }) => ({
    ...rest,
    hash: transactionHash,
    status: status === 1 ? ('success' as const) : ('reverted' as const),
    to: to ?? null,
    contractAddress: contractAddress ?? null,
  }));

export const transaction = z
  .object({
    hash,
    from: address,
    to: address.nullish(),
    nonce: count,
    input: data,
    blockNumber: count.nullish(),
  })
  .transform(({ input, to, blockNumber, ...rest }) => ({
    ...rest,
    data: input,
    to: to ?? null,
    blockNumber: blockNumber ?? null,
  }));
