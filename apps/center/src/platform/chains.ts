import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ChainError, JsonRpcChain, SeveralNodes } from '#libs/settlement';
import { type Chain, finalBlock } from './chain.js';
import { type CenterConfig, ConfigError } from './config.js';

/** A chain that campaigns pay on. */
export interface PayoutChain {
  readonly id: number;
  readonly name: string;
  readonly explorerUrl: string | null;
  /** `finalized`, or after how many confirmations a block is taken for final. */
  readonly finality: CenterConfig['CHAIN_FINALITY'];
  readonly port: Chain;
}

const confirmations = z.union([z.literal('finalized'), z.number().int().min(1).max(10_000)]);
const entry = z.strictObject({
  id: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  name: z.string().min(1).max(60),
  rpcUrl: z.union([z.url(), z.array(z.url()).min(1).max(5)]),
  explorerUrl: z.url().optional(),
  finality: confirmations.default('finalized'),
});
const file = z.array(entry).max(50);

/** The chains of CHAINS_FILE: `[{ id, name, rpcUrl, explorerUrl?, finality? }]`, where rpcUrl may be a list. Throws a ConfigError. */
export function openMoreChains(config: CenterConfig): PayoutChain[] {
  if (!config.CHAINS_FILE) return [];
  try {
    return file.parse(JSON.parse(readFileSync(config.CHAINS_FILE, 'utf8'))).map(
      ({ id, name, rpcUrl, explorerUrl, finality }): PayoutChain => ({
        id,
        name,
        explorerUrl: explorerUrl ?? null,
        finality,
        port: openChain([rpcUrl].flat(), id),
      }),
    );
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ConfigError([`CHAINS_FILE: ${problem}`]);
  }
}

/** A chain by one node or several: the next is asked when one does not answer, and two where it matters. */
export function openChain(urls: readonly string[], chainId: number): Chain {
  const nodes = urls.map((url) => new JsonRpcChain({ url, chainId }));
  return nodes.length === 1 ? nodes[0]! : new SeveralNodes(nodes);
}

/** Every chain there is money on. What goes wrong with one keeps the others back as little as may be. */
export class Chains {
  private readonly byId: ReadonlyMap<number, PayoutChain>;

  constructor(readonly all: readonly PayoutChain[]) {
    this.byId = new Map(all.map((chain) => [chain.id, chain]));
    if (this.byId.size < all.length) throw new ConfigError(['CHAINS_FILE: a chain is there twice']);
  }

  /** The chain of CHAIN_ID first, then the others. */
  static of(config: CenterConfig, port: Chain, more: readonly PayoutChain[]): Chains {
    const { CHAIN_ID: id, CHAIN_NAME: name, CHAIN_EXPLORER_URL, CHAIN_FINALITY: finality } = config;
    return new Chains([{ id, name, explorerUrl: CHAIN_EXPLORER_URL ?? null, finality, port }, ...more]);
  }

  /** That of CHAIN_ID. */
  get first(): PayoutChain {
    return this.all[0]!;
  }

  has(id: number): boolean {
    return this.byId.has(id);
  }

  /** @throws ChainError `wrong_chain` when this center is not told of it */
  get(id: number): PayoutChain {
    const chain = this.byId.get(id);
    if (!chain) throw new ChainError('wrong_chain', `no settings for chain ${id}`);
    return chain;
  }

  /** The newest block of a chain that the operator takes for final. */
  async finalBlock(id: number): Promise<number> {
    const { port, finality } = this.get(id);
    const block = await finalBlock(port, finality);
    await port.confirm?.(block);
    return block;
  }
}
