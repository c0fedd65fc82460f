import { Inject, Injectable } from '@nestjs/common';
import { CroftError, hexToBytes } from '#libs/protocol';
import { type GamePhase, gameRound, type LivingBatch, ROUND_BLOCKS, type Stake } from '#libs/swarm';
import { SWARM_CHAIN, type SwarmChain } from '../../platform/swarm-chain.js';
import { readBatch } from '../incentives/postage.js';
import { type GameEvent, readAnchor, readDepth, readGame } from '../incentives/redistribution.js';
import { readStake } from '../incentives/stake-registry.js';

/** The game as of one block. */
export interface GameNow {
  block: number;
  round: number;
  phase: GamePhase;
  /** Of the round that is played; in its claim phase of the next one. 32 bytes. */
  anchor: Uint8Array;
  /** What the network last agreed on; null before any round was won. */
  depth: number | null;
}

/** Swarm's incentives on their chain. Every method rejects with a ChainError when it cannot be read. */
@Injectable()
export class SwarmState {
  constructor(@Inject(SWARM_CHAIN) private readonly chain: SwarmChain | null) {}

  get isThere(): boolean {
    return this.chain !== null;
  }

  /** @throws CroftError `bee_chain_not_configured` */
  private get must(): SwarmChain {
    if (!this.chain) throw new CroftError('bee_chain_not_configured');
    return this.chain;
  }

  get deployment() {
    return this.must.deployment;
  }

  head(): Promise<number> {
    return this.must.port.blockNumber('latest');
  }

  async game(): Promise<GameNow> {
    const { port, deployment } = this.must;
    const block = await this.head();
    const [anchor, depth] = await Promise.all([
      readAnchor(port, deployment.redistribution, block),
      readDepth(port, deployment.redistribution, block),
    ]);
    return { block, ...gameRound(block), anchor: hexToBytes(anchor), depth };
  }

  /** The anchor that a round began with; the node of the chain must still know a block two minutes to ten back. */
  async anchorOfRound(round: number): Promise<Uint8Array> {
    const { port, deployment } = this.must;
    const lastOfCommit = round * ROUND_BLOCKS + ROUND_BLOCKS / 4 - 1;
    return hexToBytes(await readAnchor(port, deployment.redistribution, lastOfCommit));
  }

  stake(owner: string, block: number): Promise<Stake | null> {
    const { port, deployment } = this.must;
    return readStake(port, deployment.stakeRegistry, owner, block);
  }

  batch(id: string, block: number): Promise<LivingBatch | null> {
    const { port, deployment } = this.must;
    return readBatch(port, deployment.postageStamp, id, block);
  }

  events(fromBlock: number, toBlock: number): Promise<GameEvent[]> {
    const { port, deployment } = this.must;
    return readGame(port, deployment, fromBlock, toBlock);
  }

  /** Time of the first block of the round before that of `block`: Bee samples no later stamps. */
  async consensusTimeNs(block: number): Promise<bigint> {
    const first = Math.max(0, (gameRound(block).round - 1) * ROUND_BLOCKS);
    const found = await this.must.port.getBlock(first);
    return BigInt(found?.timestamp ?? 0) * 1_000_000_000n;
  }
}
