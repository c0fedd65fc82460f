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
import { ChainError } from './errors.js';

type Ask<T> = (node: ChainPort) => Promise<T>;

/** What one node said: a value, or a refusal that is an answer too. */
type Said<T> = { readonly value: T } | { readonly refusal: ChainError };

/** Codes that say nothing of the chain: another node may know more. */
const silence = new Set(['chain_unreachable', 'wrong_chain', 'rpc_refused']);

/**
 * One chain behind several nodes. A node that does not answer is passed over for the next. What holds at a given block
 * is asked of two, and so is which block is final; where they contradict each other nothing is believed and nothing is
 * sent, until the same question is answered alike again.
 */
export class SeveralNodes implements ChainPort {
  /** The node that answered last. */
  private preferred = 0;
  /** Questions that two nodes answered differently. */
  private readonly disputes = new Map<string, ChainError>();

  /** @param nodes two or more of the same chain, in order of preference */
  constructor(private readonly nodes: readonly ChainPort[]) {
    if (nodes.length < 2) throw new RangeError('several nodes are two or more');
  }

  /** The contradiction that stands, or null. */
  get dispute(): ChainError | null {
    return [...this.disputes.values()][0] ?? null;
  }

  chainId(): Promise<number> {
    return this.nodes[0]!.chainId();
  }

  /** The lower of two nodes' heights: both have that block, and it is the same one if it is said to be final. */
  async blockNumber(tag: 'latest' | 'safe' | 'finalized'): Promise<number> {
    const said = await this.two((node) => node.blockNumber(tag));
    const heights = said.flatMap((one) => ('value' in one ? [one.value] : []));
    if (heights.length === 0) throw refusalOf(said[0]!);
    const height = Math.min(...heights);
    if (heights.length > 1 && tag !== 'latest') await this.confirm(height);
    return height;
  }

  /** @throws ChainError `answers_differ` when two nodes have different blocks at this height */
  async confirm(height: number): Promise<void> {
    await this.agreed('blocks', async (node) => (await node.getBlock(height))?.hash ?? null);
  }

  getBlock(block: BlockTag | string): Promise<ChainBlock | null> {
    return this.any((node) => node.getBlock(block));
  }

  call(call: ChainCall, tag: BlockTag = 'latest'): Promise<string> {
    return this.at(tag, `call ${call.to} ${call.data}`, (node) => node.call(call, tag));
  }

  estimateGas(call: ChainCall): Promise<bigint> {
    return this.any((node) => node.estimateGas(call));
  }

  feeData(): Promise<FeeData> {
    return this.any((node) => node.feeData());
  }

  /** Refused with `answers_differ` while nodes contradict each other. */
  async broadcast(raw: string): Promise<string> {
    if (this.dispute) throw this.dispute;
    return this.any((node) => node.broadcast(raw));
  }

  getReceipt(hash: string): Promise<ChainReceipt | null> {
    return this.any((node) => node.getReceipt(hash));
  }

  getTransaction(hash: string): Promise<ChainTransaction | null> {
    return this.any((node) => node.getTransaction(hash));
  }

  getTransactionCount(address: string, tag: BlockTag): Promise<number> {
    return this.at(tag, `nonce ${address}`, (node) => node.getTransactionCount(address, tag));
  }

  getBalance(address: string, tag: BlockTag = 'latest'): Promise<bigint> {
    return this.at(tag, `balance ${address}`, (node) => node.getBalance(address, tag));
  }

  tokenBalance(token: string, account: string, tag: BlockTag = 'latest'): Promise<bigint> {
    return this.at(tag, `tokens ${token} ${account}`, (node) => node.tokenBalance(token, account, tag));
  }

  getLogs(filter: LogFilter): Promise<ChainLog[]> {
    const { address, topic, toBlock } = filter;
    return this.at(toBlock, `logs ${address} ${topic}`, (node) => node.getLogs(filter));
  }

  getCode(address: string, tag: BlockTag = 'latest'): Promise<string> {
    return this.at(tag, `code ${address}`, (node) => node.getCode(address, tag));
  }

  /** State at a block by number is the same for all; at a block by name nodes may be a block apart. */
  private at<T>(tag: BlockTag, question: string, ask: Ask<T>): Promise<T> {
    return typeof tag === 'number' ? this.agreed(question, ask) : this.any(ask);
  }

  /** The answer of two nodes, or of the one that answers. */
  private async agreed<T>(question: string, ask: Ask<T>): Promise<T> {
    const said = await this.two(ask);
    // one that has not come to that block yet says nothing of it
    const known = said.filter((one) => 'value' in one || !behind(one.refusal));
    const [first, second] = known;
    if (!first) throw refusalOf(said[0]!);
    if (second) {
      if (textOf(first) !== textOf(second)) {
        const error = new ChainError(
          'answers_differ',
          `two nodes contradict each other: ${question.slice(0, 120)}`,
        );
        this.disputes.set(question, error);
        throw error;
      }
      this.disputes.delete(question);
    }
    if ('refusal' in first) throw first.refusal;
    return first.value;
  }

  /** What the first two nodes that answer say; at least one entry, a silence when none answers. */
  private async two<T>(ask: Ask<T>): Promise<Said<T>[]> {
    const order = this.inOrder();
    const pair = await Promise.all(order.slice(0, 2).map((i) => this.say(i, ask)));
    let answers = pair.filter(speaks);
    for (const i of order.slice(2)) {
      if (answers.length === 2) break;
      answers = [...answers, await this.say(i, ask)].filter(speaks);
    }
    return answers.length > 0 ? answers : pair;
  }

  /** What the first node that answers says. */
  private async any<T>(ask: Ask<T>): Promise<T> {
    let last: Said<T> | undefined;
    for (const i of this.inOrder()) {
      last = await this.say(i, ask);
      if (!speaks(last)) continue;
      this.preferred = i;
      break;
    }
    if ('value' in last!) return last.value;
    throw last!.refusal;
  }

  private inOrder(): number[] {
    return this.nodes.map((_, i) => (this.preferred + i) % this.nodes.length);
  }

  private async say<T>(i: number, ask: Ask<T>): Promise<Said<T>> {
    try {
      return { value: await ask(this.nodes[i]!) };
    } catch (error) {
      if (error instanceof ChainError) return { refusal: error };
      throw error;
    }
  }
}

const speaks = (said: Said<unknown>): boolean => 'value' in said || !silence.has(said.refusal.code);
const behind = ({ code }: ChainError): boolean => silence.has(code) || code === 'block_unknown';
const textOf = (said: Said<unknown>): string =>
  'refusal' in said
    ? `refusal ${said.refusal.code}`
    : JSON.stringify(said.value, (_, value) => (typeof value === 'bigint' ? value.toString() : value));

function refusalOf(said: Said<unknown>): ChainError {
  return 'refusal' in said ? said.refusal : new ChainError('chain_unreachable', 'no node answers');
}
