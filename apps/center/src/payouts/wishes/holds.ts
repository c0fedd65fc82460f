import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Clock } from '../../platform/clock.js';
import { Payout, PayoutRoot } from '../payout.entity.js';
import { holdOf } from './held-for.js';
import { PayoutFeesService } from './payout-fees.service.js';
import { PayoutWish } from './payout-wish.entity.js';

/** How often it is looked whether what is held may go. */
const REVIEW_MS = 60_000;

/** Holds payouts back as contributors asked, and lets them go again. What is held stays owed, and can be claimed. */
@Injectable()
export class Holds {
  private readonly reviewedAt = new Map<string, number>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly fees: PayoutFeesService,
    private readonly clock: Clock,
  ) {}

  /** Looks at what is not sent yet under a root: who asked to wait is `held`, who waits no more is `pending`. */
  async review(campaign: Campaign, rootId: string): Promise<{ released: number }> {
    const payouts = this.database.getRepository(Payout);
    const wishes = await this.wishesUnder(campaign.id, rootId);
    const rows = await payouts.find({ where: this.unsent(rootId, wishes.size > 0) });
    if (rows.length === 0) return { released: 0 };
    const fee = await this.fees.inFiat(campaign, await this.fees.expected(campaign));
    let released = 0;
    for (const { id, accountId, amount, state, heldFor, heldUntil } of rows) {
      const wish = wishes.get(accountId);
      const hold = wish ? holdOf(amount, wish, fee) : null;
      if (!hold && state === 'held') {
        released++;
        await payouts.update({ id, state }, { state: 'pending', heldFor: null, heldUntil: null });
      } else if (hold && (hold.reason !== heldFor || hold.until !== heldUntil)) {
        const change = { state: 'held' as const, heldFor: hold.reason, heldUntil: hold.until };
        await payouts.update({ id, state }, change);
      }
    }
    return { released };
  }

  /** Of roots that are otherwise paid: those of which something may now go. Once a minute each. */
  async released(campaign: Campaign): Promise<PayoutRoot | null> {
    const now = this.clock.now().getTime();
    if (now - (this.reviewedAt.get(campaign.id) ?? 0) < REVIEW_MS) return null;
    this.reviewedAt.set(campaign.id, now);
    const [newest] = await this.database
      .getRepository(PayoutRoot)
      .find({ where: { campaignId: campaign.id }, order: { number: 'DESC' }, take: 1 });
    if (newest?.state !== 'paid') return null;
    if (!(await this.database.getRepository(Payout).existsBy({ rootId: newest.id, state: 'held' })))
      return null;
    const { released } = await this.review(campaign, newest.id);
    return released > 0 ? newest : null;
  }

  /** Indices that a push of the root leaves as they are: those held, and those whose transfer failed under it. */
  async leftOut(rootId: string): Promise<Set<number>> {
    const rows = await this.database
      .getRepository(Payout)
      .find({ where: { rootId, state: In(['held', 'failed']) }, select: { id: true, index: true } });
    return new Set(rows.map((row) => row.index));
  }

  /** Without any wish there is nothing to hold, only what was held to let go. */
  private unsent(rootId: string, anyWish: boolean) {
    return { rootId, state: anyWish ? In(['pending', 'held'] as const) : ('held' as const) };
  }

  private async wishesUnder(campaignId: string, rootId: string): Promise<Map<string, PayoutWish>> {
    const rows = await this.database
      .getRepository(PayoutWish)
      .createQueryBuilder('wish')
      .innerJoin(Payout, 'payout', 'payout.accountId = wish.accountId AND payout.rootId = :rootId', {
        rootId,
      })
      .where('wish.campaignId = :campaignId', { campaignId })
      .getMany();
    return new Map(rows.map((row) => [row.accountId, row]));
  }
}
