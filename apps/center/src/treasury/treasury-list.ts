import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import { PayoutFeesService } from '../payouts/wishes/payout-fees.service.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import type { SenderView, TreasuryAnswer, TreasuryView } from './dto.js';
import { ContractReading, SenderReading } from './reading.entity.js';
import { TreasuryService } from './treasury.service.js';

/** The operator's money at a glance, every figure with its age. */
@Injectable()
export class TreasuryList {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly treasury: TreasuryService,
    private readonly campaigns: CampaignsService,
    private readonly fees: PayoutFeesService,
    private readonly chains: Chains,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<TreasuryAnswer> {
    const campaigns = await this.campaigns.all();
    const senders = await this.database.getRepository(SenderReading).find({
      order: { chainId: 'ASC', role: 'DESC' },
    });
    return {
      at: this.clock.now().toISOString(),
      items: await Promise.all(campaigns.map((campaign) => this.view(campaign))),
      senders: await Promise.all(senders.map((sender) => this.sender(sender, campaigns))),
    };
  }

  private async view(campaign: Campaign): Promise<TreasuryView> {
    const { balances, perDay, days } = await this.treasury.standing(campaign);
    const onChain = await this.database.getRepository(ContractReading).findOneBy({ campaignId: campaign.id });
    const of = (...accounts: (keyof typeof balances)[]) =>
      accounts.reduce((sum, account) => sum + balances[account], 0n).toString();
    return {
      campaignId: campaign.id,
      campaignName: campaign.name,
      state: campaign.state,
      token: tokenView(campaign),
      chainName: this.chainName(campaign.chainId),
      everFunded: (-balances['campaign:external']).toString(),
      free: of('campaign:funded'),
      committed: of(
        'campaign:committed',
        'contributor:held',
        'contributor:released',
        'contributor:published',
      ),
      held: of('contributor:held'),
      owed: of('contributor:released', 'contributor:published'),
      paid: of('contributor:paid'),
      onContract: onChain && {
        tokenBalance: onChain.tokenBalance.toString(),
        paid: onChain.paid.toString(),
        readAt: onChain.readAt.toISOString(),
      },
      perDay: perDay?.toString() ?? null,
      runwayDays: days,
      fundsLowSince: campaign.fundsLowSince?.toISOString() ?? null,
      pausedForFunds: campaign.pausedForFunds,
    };
  }

  private async sender(
    { chainId, address, role, balance, readAt }: SenderReading,
    campaigns: readonly Campaign[],
  ): Promise<SenderView> {
    const campaign = campaigns.find((one) => one.chainId === chainId);
    const fee = campaign && role === 'proposer' ? await this.fees.expected(campaign) : null;
    const payouts = fee && fee.wei > 0n ? balance / fee.wei : null;
    return {
      chainId,
      chainName: this.chainName(chainId),
      address,
      role,
      balance: balance.toString(),
      readAt: readAt.toISOString(),
      payouts: payouts?.toString() ?? null,
    };
  }

  private chainName(id: number): string {
    return this.chains.has(id) ? this.chains.get(id).name : `chain ${id}`;
  }
}
