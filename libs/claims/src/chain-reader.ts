/** An event of a contract. Hex is 0x-prefixed. */
export interface ReadLog {
  topics: readonly string[];
  data: string;
  blockNumber: number;
  logIndex: number;
  transactionHash: string;
}

/** What a claim needs to read of a chain: a browser's wallet has it, and so has a JSON-RPC node. Rejects as it likes. */
export interface ChainReader {
  chainId(): Promise<number>;
  blockNumber(): Promise<number>;
  /** Unix seconds of the newest block. */
  time(): Promise<number>;
  /** Return data of a call at the newest block. */
  call(to: string, data: string): Promise<string>;
  /** Events of a contract with this first topic, both blocks included. */
  logs(filter: { address: string; topic: string; fromBlock: number; toBlock: number }): Promise<ReadLog[]>;
  /** Null when the node does not know it. */
  transaction(hash: string): Promise<{ to: string | null; data: string } | null>;
}
