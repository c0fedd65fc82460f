import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Clock } from '../../platform/clock.js';
import { type LedgerAccount, LedgerPosting, LedgerTransaction } from './ledger.entity.js';

/** Moves `amount` (positive) out of one account into another. */
export interface Move {
  from: LedgerAccount;
  to: LedgerAccount;
  /** The contributor whose accounts they are; for the campaign's own accounts it does not matter. */
  owner: string | null;
  amount: bigint;
}

export type Balances = Record<LedgerAccount, bigint>;

const ownerOf = (account: LedgerAccount, owner: string | null) =>
  account.startsWith('campaign:') ? null : owner;

/** The double-entry book of every base unit. */
@Injectable()
export class LedgerService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Books moves as one entry, once per `key`. Returns whether it was new. */
  async book(
    manager: EntityManager,
    campaign: Campaign,
    kind: string,
    key: string,
    moves: readonly Move[],
  ): Promise<boolean> {
    const real = moves.filter((move) => move.amount !== 0n);
    if (real.some((move) => move.amount < 0n)) throw new RangeError(`negative move in ${key}`);
    if (real.length === 0) return false;
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(LedgerTransaction)
      .values({ campaignId: campaign.id, kind, key, at: this.clock.now() })
      .orIgnore()
      .returning('id')
      .execute();
    if (raw.length === 0) return false;
    const common = {
      transactionId: raw[0].id as string,
      campaignId: campaign.id,
      token: campaign.tokenAddress,
    };
    const postings = real.flatMap(({ from, to, owner, amount }) => [
      { ...common, account: from, owner: ownerOf(from, owner), amount: -amount },
      { ...common, account: to, owner: ownerOf(to, owner), amount },
    ]);
    for (let i = 0; i < postings.length; i += 1000)
      await manager.insert(LedgerPosting, postings.slice(i, i + 1000));
    return true;
  }

  /** Balances of a campaign over all owners. */
  async campaignBalances(
    campaignId: string,
    manager: EntityManager = this.database.manager,
  ): Promise<Balances> {
    return toBalances(await this.sums(manager, campaignId, '', {}));
  }

  /** Balances of one contributor in a campaign. */
  async balances(
    campaignId: string,
    owner: string,
    manager: EntityManager = this.database.manager,
  ): Promise<Balances> {
    return toBalances(await this.sums(manager, campaignId, 'AND posting.owner = :owner', { owner }));
  }

  /** One account of every contributor. */
  async byOwner(
    campaignId: string,
    account: LedgerAccount,
    manager: EntityManager = this.database.manager,
  ): Promise<Map<string, bigint>> {
    const rows = await manager
      .createQueryBuilder(LedgerPosting, 'posting')
      .select('posting.owner', 'owner')
      .addSelect('SUM(posting.amount)', 'sum')
      .where('posting.campaignId = :campaignId AND posting.account = :account', { campaignId, account })
      .groupBy('posting.owner')
      .getRawMany<{ owner: string; sum: string }>();
    return new Map(rows.map((row) => [row.owner, BigInt(row.sum)]));
  }

  private sums(manager: EntityManager, campaignId: string, more: string, values: Record<string, string>) {
    return manager
      .createQueryBuilder(LedgerPosting, 'posting')
      .select('posting.account', 'account')
      .addSelect('SUM(posting.amount)', 'sum')
      .where(`posting.campaignId = :campaignId ${more}`, { campaignId, ...values })
      .groupBy('posting.account')
      .getRawMany<{ account: LedgerAccount; sum: string }>();
  }
}

function toBalances(rows: { account: LedgerAccount; sum: string }[]): Balances {
  const balances: Balances = {
    'campaign:external': 0n,
    'campaign:funded': 0n,
    'campaign:committed': 0n,
    'contributor:held': 0n,
    'contributor:released': 0n,
    'contributor:published': 0n,
    'contributor:paid': 0n,
  };
  for (const { account, sum } of rows) balances[account] = BigInt(sum);
  return balances;
}
