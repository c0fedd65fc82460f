import { AbiCoder, toQuantity } from 'ethers';
import { z } from 'zod';
import type {
  BlockTag,
  ChainBlock,
  ChainCall,
  ChainLog,
  ChainPort,
  ChainReceipt,
  ChainTransaction,
  FeeData,
  LogFilter,
} from './chain.js';
import { tokenInterface } from './contract-interfaces.js';
import { ChainError } from './errors.js';
import { rpcRequest } from './json-rpc.js';
import { block, log, quantity, receipt, transaction } from './json-rpc-shapes.js';

export interface JsonRpcChainOptions {
  url: string;
  /** Every transaction is signed for this chain; `verify` asks the node whether it serves it. */
  chainId: number;
  /** Default 15 000. */
  timeoutMs?: number;
}

const hexData = z.string().regex(/^0x[0-9a-fA-F]*$/);
const tagOf = (tag: BlockTag): string => (typeof tag === 'number' ? toQuantity(tag) : tag);
const isHash = (text: string): boolean => /^0x[0-9a-fA-F]{64}$/.test(text);

/** A chain behind an Ethereum JSON-RPC node. Answers of the wrong shape count as `chain_unreachable`. */
export class JsonRpcChain implements ChainPort {
  private readonly timeoutMs: number;

  constructor(private readonly options: JsonRpcChainOptions) {
    this.timeoutMs = options.timeoutMs ?? 15_000;
  }

  /** The configured chain id. */
  chainId(): Promise<number> {
    return Promise.resolve(this.options.chainId);
  }

  /** @throws ChainError `wrong_chain` when the node serves another chain, `chain_unreachable` */
  async verify(): Promise<void> {
    const served = Number(await this.ask('eth_chainId', [], quantity));
    if (served !== this.options.chainId)
      throw new ChainError('wrong_chain', `the node serves chain ${served}, not ${this.options.chainId}`);
  }

  async blockNumber(tag: 'latest' | 'safe' | 'finalized'): Promise<number> {
    const found = await this.getBlock(tag);
    if (!found) throw new ChainError('block_unknown', `the node knows no ${tag} block`);
    return found.number;
  }

  getBlock(which: BlockTag | string): Promise<ChainBlock | null> {
    return typeof which === 'string' && isHash(which)
      ? this.ask('eth_getBlockByHash', [which, false], block.nullable())
      : this.ask('eth_getBlockByNumber', [tagOf(which as BlockTag), false], block.nullable());
  }

  call(call: ChainCall, tag: BlockTag = 'latest'): Promise<string> {
    return this.ask('eth_call', [callParams(call), tagOf(tag)], hexData);
  }

  estimateGas(call: ChainCall): Promise<bigint> {
    return this.ask('eth_estimateGas', [callParams(call)], quantity);
  }

  async feeData(): Promise<FeeData> {
    const [head, tip] = await Promise.all([
      this.getBlock('latest'),
      this.ask('eth_maxPriorityFeePerGas', [], quantity),
    ]);
    return { baseFeePerGas: head?.baseFeePerGas ?? 0n, maxPriorityFeePerGas: tip };
  }

  broadcast(raw: string): Promise<string> {
    return this.ask('eth_sendRawTransaction', [raw], z.string().refine(isHash));
  }

  getReceipt(hash: string): Promise<ChainReceipt | null> {
    return this.ask('eth_getTransactionReceipt', [hash], receipt.nullable());
  }

  getTransaction(hash: string): Promise<ChainTransaction | null> {
    return this.ask('eth_getTransactionByHash', [hash], transaction.nullable());
  }

  async getTransactionCount(address: string, tag: BlockTag): Promise<number> {
    return Number(await this.ask('eth_getTransactionCount', [address, tagOf(tag)], quantity));
  }

  getBalance(address: string, tag: BlockTag = 'latest'): Promise<bigint> {
    return this.ask('eth_getBalance', [address, tagOf(tag)], quantity);
  }

  async tokenBalance(token: string, account: string, tag: BlockTag = 'latest'): Promise<bigint> {
    const data = tokenInterface.encodeFunctionData('balanceOf', [account]);
    const answer = await this.call({ to: token, data }, tag);
    if (answer.length !== 66) throw new ChainError('rpc_refused', 'the token contract does not answer');
    return AbiCoder.defaultAbiCoder().decode(['uint256'], answer)[0];
  }

  getLogs({ address, topic, fromBlock, toBlock }: LogFilter): Promise<ChainLog[]> {
    const filter = { address, topics: [topic], fromBlock: tagOf(fromBlock), toBlock: tagOf(toBlock) };
    return this.ask('eth_getLogs', [filter], z.array(log));
  }

  getCode(address: string, tag: BlockTag = 'latest'): Promise<string> {
    return this.ask('eth_getCode', [address, tagOf(tag)], hexData);
  }

  private async ask<T>(method: string, params: readonly unknown[], shape: z.ZodType<T>): Promise<T> {
    const answer = await rpcRequest(this.options.url, method, params, this.timeoutMs);
    const parsed = shape.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new ChainError('chain_unreachable', `${method}: the answer has the wrong shape`, undefined, {
      cause: parsed.error,
    });
  }
}

function callParams({ to, data, from, gas }: ChainCall): Record<string, string> {
  return { ...(to ? { to } : {}), data, ...(from ? { from } : {}), ...(gas ? { gas: toQuantity(gas) } : {}) };
}
