import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { CampaignFunds } from '../../campaigns/campaign-funds.service.js';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { Clock } from '../../platform/clock.js';
import { forEach } from '../../platform/for-each.js';
import { Log } from '../../platform/log.js';
import { BundlesService } from '../bundles/bundles.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { RewardLineRow } from '../reward.entity.js';
import { type Books, type Difference, differencesOf } from './differences.js';
import { Reconciliation } from './reconciliation.entity.js';

/** How long a final payment may wait to be booked. */
const BOOKING_MS = 15 * 60_000;
/** How often all is compared. */
const EVERY_MS = 60_000;

/** Compares a campaign's ledger with books of another domain, at the moment the ledger is read. */
export type MoreBooks = (manager: EntityManager, campaign: Campaign) => Promise<Difference[]>;

/** Compares the books of every campaign; while any two of them differ, nothing is paid out. */
@Injectable()
export class ReconcileService {
  private readonly more: MoreBooks[] = [];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly ledger: LedgerService,
    private readonly bundles: BundlesService,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly funds: CampaignFunds,
  ) {}

  /** Has further books compared with the ledger's, each time. */
  alsoCompare(books: MoreBooks): void {
    this.more.push(books);
  }

  async reconcileDue(): Promise<void> {
    await forEach(await this.campaigns.all(), async (campaign) => {
      const last = await this.last(campaign.id);
      if (!last || this.clock.now().getTime() - last.at.getTime() >= EVERY_MS) await this.reconcile(campaign);
    });
  }

  /** Compares now. Rejects with a ChainError when the contract cannot be read: then nothing new is known. */
  async reconcile(campaign: Campaign): Promise<Reconciliation> {
    // the contract first: what is booked meanwhile can only bring the ledger nearer to it
    const { paid, balance } = await this.funds.read(campaign);
    const chain = { contractPaid: paid, contractBalance: balance };
    const further: Difference[] = [];
    const books = await this.database.transaction('REPEATABLE READ', async (manager) => {
      for (const compare of this.more) further.push(...(await compare(manager, campaign)));
      return this.books(manager, campaign);
    });
    const { differences, behind } = differencesOf({ ...books, ...chain });
    differences.push(...further);
    const now = this.clock.now();
    const behindSince = behind ? ((await this.last(campaign.id))?.behindSince ?? now) : null;
    if (behind && now.getTime() - behindSince!.getTime() > BOOKING_MS) differences.push(behind);
    if (differences.length > 0)
      this.log.error('the books differ; payouts stop', { campaign: campaign.name, differences });
    return this.database
      .getRepository(Reconciliation)
      .save({ campaignId: campaign.id, at: now, differences, behindSince });
  }

  /** Whether payouts of a campaign may go on: nothing is known to differ. */
  async mayPay(campaignId: string): Promise<boolean> {
    const last = await this.last(campaignId);
    return !last || last.differences.length === 0;
  }

  last(campaignId: string): Promise<Reconciliation | null> {
    return this.database.getRepository(Reconciliation).findOneBy({ campaignId });
  }

  private async books(
    manager: EntityManager,
    campaign: Campaign,
  ): Promise<Omit<Books, 'contractPaid' | 'contractBalance'>> {
    const balances = await this.ledger.campaignBalances(campaign.id, manager);
    const lines = (await manager
      .createQueryBuilder(RewardLineRow, 'line')
      .select(
        `COALESCE(SUM(CASE line.kind WHEN 'plotting-release' THEN 0 WHEN 'plotting-forfeit' THEN -line.amount
          ELSE line.amount END), 0)`,
        'promised',
      )
      .addSelect(
        `COALESCE(SUM(CASE line.kind WHEN 'plotting-held' THEN line.amount WHEN 'plotting-release' THEN -line.amount
          WHEN 'plotting-forfeit' THEN -line.amount ELSE 0 END), 0)`,
        'held',
      )
      .where('line.campaignId = :id', { id: campaign.id })
      .getRawOne<{ promised: string; held: string }>())!;
    const releasedByLedger = new Map<string, bigint>();
    for (const account of ['contributor:released', 'contributor:published', 'contributor:paid'] as const) {
      for (const [owner, amount] of await this.ledger.byOwner(campaign.id, account, manager)) {
        releasedByLedger.set(owner, (releasedByLedger.get(owner) ?? 0n) + amount);
      }
    }
    return {
      sumOfPostings: Object.values(balances).reduce((sum, amount) => sum + amount, 0n),
      balances,
      promisedByLines: BigInt(lines.promised),
      heldByLines: BigInt(lines.held),
      releasedByLedger,
      releasedByBundle: await this.bundles.released(manager, campaign.id),
    };
  }
}
