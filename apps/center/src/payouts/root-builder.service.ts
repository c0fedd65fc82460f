import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import { isDueInTree } from '#libs/bundle';
import {
  buildPayoutTree,
  checkPayee,
  type DuePayment,
  dueInChunk,
  type PayoutEntry,
  requiredTotalUnits,
  ZERO_ROOT,
} from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Clock } from '../platform/clock.js';
import { BundlesService } from '../rewards/bundles/bundles.service.js';
import { EpochClosingService } from '../rewards/epoch-closing.service.js';
import { LedgerService, type Move } from '../rewards/ledger/ledger.service.js';
import { PaidChunk, Payout, PayoutEntryRow, PayoutRoot, type RootState } from './payout.entity.js';

type Entry = PayoutEntry & { accountId: string };

/** Makes the next root of a campaign: that of its newest bundle. One root at a time is under way. */
@Injectable()
export class RootBuilder {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly bundles: BundlesService,
    private readonly closings: EpochClosingService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** Builds the next root when an epoch has closed since the last one and somebody is due. */
  async build(campaign: Campaign): Promise<void> {
    const closing = await this.closings.lastClosing(campaign.id);
    if (!closing) return;
    await this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
      const last = await this.lastRoot(manager, campaign.id);
      const done = !last || last.state === 'paid' || last.state === 'vetoed';
      if (!done || (last && last.epochIndex >= closing.epochIndex)) return;
      const { entries, root: published } = await this.published(manager, campaign);
      if (entries.length === 0) return;
      const paid = await paidVectors(manager, campaign.id);
      const tree = buildPayoutTree(entries);
      if (tree.root !== published) throw new Error(`root ${tree.root} is not the bundle’s ${published}`);
      const due = tree.chunks.flatMap(({ chunk }) => dueInChunk(tree, chunk, paid.get(chunk) ?? null));
      if (due.length === 0) return;
      const root = await manager.save(
        manager.create(PayoutRoot, {
          campaignId: campaign.id,
          number: (last?.number ?? 0) + 1,
          epochIndex: closing.epochIndex,
          prevRoot: (await this.lastRoot(manager, campaign.id, 'paid'))?.root ?? ZERO_ROOT,
          root: tree.root,
          totalUnits: requiredTotalUnits(tree, paid),
          dataHash: `0x${closing.dataHash}`,
          createdAt: this.clock.now(),
        }),
      );
      await this.record(manager, campaign, root, entries, due);
    });
  }

  /** Who is due, and what, as the newest bundle's tree says: what was published is what is proposed. */
  private async published(manager: EntityManager, campaign: Campaign) {
    const { entries, root } = await this.bundles.newestTree(manager, campaign.id);
    const forbidden = { token: campaign.tokenAddress, contract: campaign.payoutContract };
    const due = entries.filter(isDueInTree).map(({ index, account, address, units }): Entry => {
      return {
        index,
        account: checkPayee(address!, forbidden),
        units: BigInt(units),
        accountId: account,
      };
    });
    return { entries: due, root };
  }

  private async record(
    manager: EntityManager,
    campaign: Campaign,
    root: PayoutRoot,
    entries: Entry[],
    due: DuePayment[],
  ) {
    const rows = entries.map(({ index, accountId, account, units }) => ({
      rootId: root.id,
      index,
      accountId,
      address: account,
      units,
    }));
    for (let i = 0; i < rows.length; i += 1000) await manager.insert(PayoutEntryRow, rows.slice(i, i + 1000));
    const accountOf = new Map(entries.map((entry) => [entry.index, entry.accountId]));
    const payouts = due.map(({ index, account, units }) => ({
      campaignId: campaign.id,
      rootId: root.id,
      epochIndex: root.epochIndex,
      accountId: accountOf.get(index)!,
      index,
      address: account,
      units,
      amount: units * campaign.unitSize,
      createdAt: root.createdAt,
    }));
    // what was held is due still, and so is in the new rows
    await manager.update(Payout, { campaignId: campaign.id, state: 'held' }, { state: 'carried' });
    for (let i = 0; i < payouts.length; i += 1000) await manager.insert(Payout, payouts.slice(i, i + 1000));
    const published = await this.ledger.byOwner(campaign.id, 'contributor:published', manager);
    const moves = payouts.map(({ accountId, amount }): Move => {
      // a payment that failed, or was in a vetoed root, is published already; only what is new moves
      const fresh = amount - (published.get(accountId) ?? 0n);
      const moved = fresh > 0n ? fresh : 0n;
      return { from: 'contributor:released', to: 'contributor:published', owner: accountId, amount: moved };
    });
    await this.ledger.book(manager, campaign, 'publish', `publish:${root.id}`, moves);
  }

  private async lastRoot(
    manager: EntityManager,
    campaignId: string,
    state?: RootState,
  ): Promise<PayoutRoot | null> {
    const [last] = await manager.find(PayoutRoot, {
      where: { campaignId, ...(state ? { state } : {}) },
      order: { number: 'DESC' },
      take: 1,
    });
    return last ?? null;
  }

  /** Roots that are not done yet. */
  underWay(): Promise<PayoutRoot[]> {
    return this.database
      .getRepository(PayoutRoot)
      .find({ where: { state: Not(In(['paid', 'vetoed'])) }, order: { createdAt: 'ASC' } });
  }
}

/** The vectors a campaign's chunks were really paid. */
export async function paidVectors(
  manager: EntityManager,
  campaignId: string,
): Promise<Map<number, Uint8Array>> {
  const rows = await manager.findBy(PaidChunk, { campaignId });
  return new Map(rows.map((row) => [row.chunk, new Uint8Array(row.vector)]));
}
