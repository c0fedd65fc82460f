import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CroftError } from '#libs/protocol';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import { Chains } from '../platform/chains.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { type PageQuery, pageOf } from '../platform/paging.js';
import { BundleUploads } from '../rewards/bundles/bundle-uploads.service.js';
import type { PayoutRootsPage, PayoutRootView, PayoutsPage } from './dto.js';
import { OutboxService } from './outbox.service.js';
import { Payout, PayoutRoot } from './payout.entity.js';

/** Payouts as people see them, and the admin's word on a root. */
@Injectable()
export class PayoutList {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly outbox: OutboxService,
    private readonly chains: Chains,
    private readonly uploads: BundleUploads,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  async ofAccount(accountId: string, query: PageQuery): Promise<PayoutsPage> {
    const mine = this.database
      .getRepository(Payout)
      .createQueryBuilder('payout')
      .where('payout.accountId = :accountId', { accountId });
    const { items: rows, next } = await pageOf(mine, 'createdAt', query);
    const campaigns = await this.campaigns.byIds(rows.map((row) => row.campaignId));
    const items = rows.map((row) => {
      const campaign = campaigns.get(row.campaignId)!;
      const explorer = this.explorerOf(campaign);
      const { id, campaignId, address, state, tx, blockNumber, epochIndex } = row;
      return {
        id,
        campaignId,
        campaignName: campaign.name,
        token: tokenView(campaign),
        address,
        amount: row.amount.toString(),
        units: row.units.toString(),
        state,
        held:
          state === 'held' && row.heldFor && row.heldUntil !== null
            ? { reason: row.heldFor, until: row.heldUntil.toString() }
            : null,
        tx,
        txUrl: tx && explorer ? `${explorer}/tx/${tx}` : null,
        blockNumber,
        at: row.createdAt.toISOString(),
        epochIndex,
      };
    });
    return { items, next };
  }

  private explorerOf({ chainId }: Campaign): string | null {
    if (!this.chains.has(chainId)) return null;
    return this.chains.get(chainId).explorerUrl?.replace(/\/$/, '') ?? null;
  }

  async roots(query: PageQuery): Promise<PayoutRootsPage> {
    const all = this.database.getRepository(PayoutRoot).createQueryBuilder('root');
    const { items: rows, next } = await pageOf(all, 'createdAt', query);
    const campaigns = await this.campaigns.byIds(rows.map((row) => row.campaignId));
    const items = await Promise.all(rows.map((row) => this.view(row, campaigns.get(row.campaignId)!)));
    return { items, next };
  }

  /** An admin approves a proposed root. Errors: not_found, payout_not_pending. */
  async approve(rootId: string, adminId: string): Promise<PayoutRootView> {
    const roots = this.database.getRepository(PayoutRoot);
    const row = await roots.findOneBy({ id: rootId });
    if (!row) throw new CroftError('not_found');
    if (!this.awaitsApproval(row)) throw new CroftError('payout_not_pending', { state: row.state });
    await roots.update({ id: rootId, state: 'proposed' }, { approvedBy: adminId });
    row.approvedBy = adminId;
    return this.view(row, await this.campaigns.byId(row.campaignId));
  }

  /** Roots not yet paid. */
  pending(): Promise<number> {
    return this.database
      .getRepository(PayoutRoot)
      .createQueryBuilder('root')
      .where(`root.state NOT IN ('paid', 'vetoed')`)
      .getCount();
  }

  private awaitsApproval(root: PayoutRoot): boolean {
    return root.state === 'proposed' && root.approvedBy === null && this.config.PAYOUT_APPROVAL === 'admin';
  }

  private async view(root: PayoutRoot, campaign: Campaign): Promise<PayoutRootView> {
    const due = (await this.database
      .getRepository(Payout)
      .createQueryBuilder('payout')
      .select('COUNT(*)::int', 'recipients')
      .addSelect('COALESCE(SUM(payout.amount), 0)', 'amount')
      .where('payout.rootId = :root', { root: root.id })
      .getRawOne<{ recipients: number; amount: string }>())!;
    const transactions = await this.outbox.ofRoot(root.id);
    const { id, campaignId, number, epochIndex, dataHash, state } = root;
    return {
      id,
      campaignId,
      campaignName: campaign.name,
      token: tokenView(campaign),
      number,
      epochIndex,
      root: root.root,
      totalUnits: root.totalUnits.toString(),
      dataHash,
      swarmReference: await this.uploads.referenceOf(campaignId, epochIndex),
      recipients: due.recipients,
      amount: due.amount,
      state,
      createdAt: root.createdAt.toISOString(),
      awaitsApproval: this.awaitsApproval(root),
      transactions: transactions.flatMap(({ purpose, attempts, state: sent }) =>
        // what fills a gap of nonces has nothing to do with the root behind it
        purpose === 'fill' ? [] : [{ purpose, hash: attempts.at(-1)!.hash, state: sent }],
      ),
    };
  }
}
