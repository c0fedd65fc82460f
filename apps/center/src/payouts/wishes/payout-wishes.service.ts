import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { MAX_UNITS } from '#libs/settlement';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { CampaignsService, tokenView } from '../../campaigns/campaigns.service.js';
import { Chains } from '../../platform/chains.js';
import { Clock } from '../../platform/clock.js';
import { Prices } from '../../platform/prices/prices.js';
import { LedgerService } from '../../rewards/ledger/ledger.service.js';
import type { ExpectedFeeView, PayoutWishesAnswer, PayoutWishRequest, PayoutWishView } from './dto.js';
import { feeShareBps, type Hold, holdOf } from './held-for.js';
import { PayoutFeesService } from './payout-fees.service.js';
import { PayoutWish } from './payout-wish.entity.js';

/** What contributors ask of their payouts, with the fee shown beforehand. */
@Injectable()
export class PayoutWishesService {
  constructor(
    @InjectRepository(PayoutWish) private readonly wishes: Repository<PayoutWish>,
    private readonly campaigns: CampaignsService,
    private readonly ledger: LedgerService,
    private readonly fees: PayoutFeesService,
    private readonly prices: Prices,
    private readonly chains: Chains,
    private readonly clock: Clock,
  ) {}

  async all(accountId: string): Promise<PayoutWishesAnswer> {
    const wishes = new Map((await this.wishes.findBy({ accountId })).map((wish) => [wish.campaignId, wish]));
    const campaigns = await this.campaigns.all();
    const items = await Promise.all(
      campaigns.map((campaign) => this.view(campaign, accountId, wishes.get(campaign.id))),
    );
    return { prices: this.prices.isOn, items };
  }

  /** Errors: not_found, bad_request (a minimum that no payout can reach). */
  async set(accountId: string, campaignId: string, request: PayoutWishRequest): Promise<PayoutWishView> {
    const campaign = await this.campaigns.byId(campaignId);
    const minimum = BigInt(request.minimum);
    if (minimum > mostMinimum(campaign))
      throw new CroftError('bad_request', { problems: [`minimum is over ${mostMinimum(campaign)}`] });
    const wish = {
      accountId,
      campaignId,
      minimum,
      maxFeeBps: request.maxFeeBps,
      changedAt: this.clock.now(),
    };
    await this.wishes.upsert(wish, ['accountId', 'campaignId']);
    return this.view(campaign, accountId, wish);
  }

  /** Why an amount (base units) that an account is due now would have to wait, as it asked; null: it need not. */
  async holder(campaign: Campaign): Promise<(accountId: string, amount: bigint) => Hold | null> {
    const rows = await this.wishes.findBy({ campaignId: campaign.id });
    if (rows.length === 0) return () => null;
    const wishes = new Map(rows.map((wish) => [wish.accountId, wish]));
    const fee = await this.fees.inFiat(campaign, await this.fees.expected(campaign));
    return (accountId, amount) => {
      const wish = wishes.get(accountId);
      return wish ? holdOf(amount, wish, fee) : null;
    };
  }

  /** The same of one account. */
  async holdOn(campaign: Campaign, accountId: string, amount: bigint): Promise<Hold | null> {
    const wish = await this.wishes.findOneBy({ campaignId: campaign.id, accountId });
    if (!wish) return null;
    return holdOf(amount, wish, await this.fees.inFiat(campaign, await this.fees.expected(campaign)));
  }

  private async view(campaign: Campaign, accountId: string, wish?: PayoutWish): Promise<PayoutWishView> {
    const balances = await this.ledger.balances(campaign.id, accountId);
    const due = balances['contributor:released'] + balances['contributor:published'];
    return {
      campaignId: campaign.id,
      campaignName: campaign.name,
      token: tokenView(campaign),
      chainName: this.chains.has(campaign.chainId)
        ? this.chains.get(campaign.chainId).name
        : `chain ${campaign.chainId}`,
      minimum: (wish?.minimum ?? 0n).toString(),
      mostMinimum: mostMinimum(campaign).toString(),
      maxFeeBps: wish?.maxFeeBps ?? null,
      due: due.toString(),
      fee: await this.feeView(campaign, due),
    };
  }

  private async feeView(campaign: Campaign, due: bigint): Promise<ExpectedFeeView | null> {
    const fee = await this.fees.expected(campaign);
    if (!fee) return null;
    const inFiat = await this.fees.inFiat(campaign, fee);
    const share = inFiat && due > 0n ? feeShareBps(inFiat, due) : null;
    const { gas, measured, weiPerGas, wei, readAt } = fee;
    return {
      gas: gas.toString(),
      measured,
      weiPerGas: weiPerGas.toString(),
      wei: wei.toString(),
      readAt: readAt.toISOString(),
      shareBps: share === null ? null : Number(share > MOST_SHARE ? MOST_SHARE : share),
    };
  }
}

/** A share is told up to a million times the amount. */
const MOST_SHARE = 10_000_000_000n;

/** All that a payout contract can ever pay to one account. */
const mostMinimum = ({ unitSize }: Campaign): bigint => MAX_UNITS * unitSize;
