import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignFunds } from '../campaigns/campaign-funds.service.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { forEach } from '../platform/for-each.js';
import { LedgerService } from './ledger/ledger.service.js';

/** Books what a payout contract was funded with, as read from the chain. Only funded money can be promised. */
@Injectable()
export class FundingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly ledger: LedgerService,
    private readonly funds: CampaignFunds,
  ) {}

  async watch(): Promise<void> {
    const open = (await this.campaigns.all()).filter((campaign) => campaign.state !== 'closed');
    await forEach(open, (campaign) => this.bookNew(campaign));
  }

  private async bookNew(campaign: Campaign) {
    const { paid, balance } = await this.funds.read(campaign);
    const everFunded = balance + paid;
    await this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
      const booked = -(await this.ledger.campaignBalances(campaign.id, manager))['campaign:external'];
      if (everFunded <= booked) return;
      await this.ledger.book(manager, campaign, 'fund', `fund:${campaign.id}:${everFunded}`, [
        { from: 'campaign:external', to: 'campaign:funded', owner: null, amount: everFunded - booked },
      ]);
    });
  }
}
