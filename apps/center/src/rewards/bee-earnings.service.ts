import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import type { BeeEarningsAnswer } from './dto.js';
import { RewardLineRow } from './reward.entity.js';

interface Sum {
  nodeId: string;
  campaignId: string;
  units: string;
  vouchedMs: string;
}

/** What Bee nodes earned, each and by campaign. */
@Injectable()
export class BeeEarnings {
  constructor(
    @InjectRepository(RewardLineRow) private readonly lines: Repository<RewardLineRow>,
    private readonly campaigns: CampaignsService,
  ) {}

  async of(accountId: string): Promise<BeeEarningsAnswer> {
    const sums = await this.lines
      .createQueryBuilder('line')
      .select('line."nodeId"', 'nodeId')
      .addSelect('line."campaignId"', 'campaignId')
      .addSelect('SUM(line.amount)', 'units')
      .addSelect(`SUM((line.reason->'bee'->>'vouchedMs')::numeric)`, 'vouchedMs')
      .where(`line.accountId = :accountId AND line.kind = 'bee-node'`, { accountId })
      .groupBy('line."nodeId"')
      .addGroupBy('line."campaignId"')
      .getRawMany<Sum>();
    const campaigns = new Map((await this.campaigns.all()).map((campaign) => [campaign.id, campaign]));
    const items = sums.flatMap(({ nodeId, campaignId, units, vouchedMs }) => {
      const campaign = campaigns.get(campaignId);
      if (!campaign) return [];
      const { name: campaignName } = campaign;
      return [
        { nodeId, campaignId, campaignName, token: tokenView(campaign), units, vouchedMs: Number(vouchedMs) },
      ];
    });
    return { items };
  }
}
