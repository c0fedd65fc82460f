import type { ChainError } from './errors.js';

/** A block by number, or a node's name for one. `finalized` can no longer be reorganised away. */
export type BlockTag = number | 'latest' | 'safe' | 'finalized' | 'pending';

export interface ChainBlock {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** Wei; null before EIP-1559. */
  readonly baseFeePerGas: bigint | null;
}

export interface ChainLog {
  /** EIP-55. */
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  /** Place in the block. */
  readonly logIndex: number;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly transactionHash: string;
}

export interface ChainReceipt {
  readonly hash: string;
  readonly status: 'success' | 'reverted';
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly from: string;
  readonly to: string | null;
  /** Address of the contract this transaction made. */
  readonly contractAddress: string | null;
  readonly gasUsed: bigint;
  /** Wei. */
  readonly effectiveGasPrice: bigint;
  readonly logs: readonly ChainLog[];
}

export interface ChainTransaction {
  readonly hash: string;
  readonly from: string;
  readonly to: string | null;
  readonly nonce: number;
  readonly data: string;
  /** null while it waits. */
  readonly blockNumber: number | null;
}

export interface ChainCall {
  to: string | null;
  /** 0x-prefixed. */
  data: string;
  from?: string;
  gas?: bigint;
}

/** Wei per gas. */
export interface FeeData {
  readonly baseFeePerGas: bigint;
  /** What the node suggests as tip. */
  readonly maxPriorityFeePerGas: bigint;
}

export interface LogFilter {
  address: string;
  /** First topic: the event's signature hash. */
  topic: string;
  fromBlock: BlockTag;
  toBlock: BlockTag;
}

/**
 * One EVM chain, as payouts need it. Every method rejects with a ChainError; `chain_unreachable` always means that
 * nothing is known, never that something did not happen.
 */
export interface ChainPort {
  chainId(): Promise<number>;
  blockNumber(tag: 'latest' | 'safe' | 'finalized'): Promise<number>;
  /** null when there is no such block. By number, or by hash. */
  getBlock(block: BlockTag | string): Promise<ChainBlock | null>;
  /** Return data. @throws ChainError `would_revert` with the decoded reason */
  call(call: ChainCall, tag?: BlockTag): Promise<string>;
  /** @throws ChainError `would_revert`, `insufficient_funds` */
  estimateGas(call: ChainCall): Promise<bigint>;
  feeData(): Promise<FeeData>;
  /**
   * Hands over a signed transaction and returns its hash.
   * @throws ChainError `nonce_used`, `already_known`, `replacement_underpriced`, `fee_too_low`, `insufficient_funds`
   */
  broadcast(raw: string): Promise<string>;
  /** null while it is in no block the node knows. */
  getReceipt(hash: string): Promise<ChainReceipt | null>;
  getTransaction(hash: string): Promise<ChainTransaction | null>;
  /** The next nonce: `latest` counts mined transactions only, `pending` also those waiting. */
  getTransactionCount(address: string, tag: BlockTag): Promise<number>;
  /** Wei. */
  getBalance(address: string, tag?: BlockTag): Promise<bigint>;
  /** Base units of an ERC-20. */
  tokenBalance(token: string, account: string, tag?: BlockTag): Promise<bigint>;
  getLogs(filter: LogFilter): Promise<ChainLog[]>;
  /** With several nodes: rejects with `answers_differ` when two of them have different blocks at this height. */
  confirm?(height: number): Promise<void>;
  /** With several nodes: what two of them answered differently and not alike since; nothing is sent meanwhile. */
  readonly dispute?: ChainError | null;
  /** Runtime code, `0x` when there is none. */
  getCode(address: string, tag?: BlockTag): Promise<string>;
}
