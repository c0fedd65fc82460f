import type { Result } from 'ethers';
import { CampaignCalls } from './campaign-calls.js';
import { type CampaignTerms, readCampaignTerms } from './campaign-terms.js';
import type { BlockTag, ChainPort } from './chain.js';
import { campaignInterface } from './contract-interfaces.js';
import { readContract } from './contract-read.js';
import { ChainError } from './errors.js';

export interface PendingRoot {
  readonly root: string;
  readonly dataHash: string;
  readonly epoch: number;
  readonly totalUnits: bigint;
  /** Unix seconds; null while it waits for approval. */
  readonly approvedAt: number | null;
  /** Unix seconds; null while it waits for approval. */
  readonly activeFrom: number | null;
}

/** A campaign at one block. Times are Unix seconds. */
export interface CampaignState {
  readonly blockNumber: number;
  /** 32 zero bytes before the first activation. */
  readonly root: string;
  readonly dataHash: string;
  readonly epoch: number;
  readonly totalUnits: bigint;
  readonly paidUnits: bigint;
  readonly pending: PendingRoot | null;
  readonly claimsOpenAt: number;
  /** In the past, or 0, when not paused. */
  readonly pausedUntil: number;
  readonly closedAt: number | null;
  readonly epochLimit: bigint;
  /** Base units the contract holds. */
  readonly tokenBalance: bigint;
}

export interface CampaignRoles {
  readonly admin: string;
  readonly proposer: string;
  readonly approver: string;
  readonly guardian: string;
}

export const ZERO_ROOT = `0x${'00'.repeat(32)}`;

/** Reads of one PayoutCampaign contract; `calls` encodes its transactions. All methods reject with a ChainError. */
export class PayoutCampaignContract {
  readonly calls: CampaignCalls;

  constructor(
    private readonly chain: ChainPort,
    readonly address: string,
  ) {
    this.calls = new CampaignCalls(address);
  }

  terms(tag: BlockTag = 'latest'): Promise<CampaignTerms> {
    return readCampaignTerms(this.chain, this.address, tag);
  }

  /** Everything that changes, all read at the same block. */
  async state(tag: BlockTag = 'latest'): Promise<CampaignState> {
    const blockNumber = await this.resolve(tag);
    const at = (name: string): Promise<Result> => this.read(name, [], blockNumber);
    const [
      token,
      activationDelay,
      root,
      dataHash,
      totals,
      pending,
      claimsOpenAt,
      pausedUntil,
      closedAt,
      limit,
    ] = await Promise.all([
      at('token'),
      at('activationDelay'),
      at('root'),
      at('dataHash'),
      at('totals'),
      at('pending'),
      at('claimsOpenAt'),
      at('pausedUntil'),
      at('closedAt'),
      at('epochLimit'),
    ]);
    return {
      blockNumber,
      root: root[0],
      dataHash: dataHash[0],
      epoch: Number(totals.epoch),
      totalUnits: totals.totalUnits,
      paidUnits: totals.paidUnits,
      pending: pendingRoot(pending, Number(activationDelay[0])),
      claimsOpenAt: Number(claimsOpenAt[0]),
      pausedUntil: Number(pausedUntil[0]),
      closedAt: Number(closedAt[0]) || null,
      epochLimit: limit[0],
      tokenBalance: await this.chain.tokenBalance(token[0], this.address, blockNumber),
    };
  }

  /** Hash of the chunk's vector already paid; 32 zero bytes when it was never paid. */
  async applied(chunk: number, tag: BlockTag = 'latest'): Promise<string> {
    return (await this.read('applied', [chunk], tag))[0];
  }

  async roles(tag: BlockTag = 'latest'): Promise<CampaignRoles> {
    const [admin, proposer, approver, guardian] = await Promise.all(
      ['admin', 'proposer', 'approver', 'guardian'].map((name) => this.read(name, [], tag)),
    );
    return { admin: admin![0], proposer: proposer![0], approver: approver![0], guardian: guardian![0] };
  }

  /** Base units that may not be swept. */
  async reserved(tag: BlockTag = 'latest'): Promise<bigint> {
    return (await this.read('reserved', [], tag))[0];
  }

  private async resolve(tag: BlockTag): Promise<number> {
    if (typeof tag === 'number') return tag;
    const block = await this.chain.getBlock(tag);
    if (!block) throw new ChainError('block_unknown', `the node knows no ${tag} block`);
    return block.number;
  }

  private async read(name: string, args: readonly unknown[], tag: BlockTag): Promise<Result> {
    return readContract(this.chain, campaignInterface, this.address, name, args, tag);
  }
}

function pendingRoot(pending: Result, activationDelaySeconds: number): PendingRoot | null {
  if (pending.root === ZERO_ROOT) return null;
  const approvedAt = Number(pending.approvedAt) || null;
  return {
    root: pending.root,
    dataHash: pending.dataHash,
    epoch: Number(pending.epoch),
    totalUnits: pending.totalUnits,
    approvedAt,
    activeFrom: approvedAt === null ? null : approvedAt + activationDelaySeconds,
  };
}
