import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { forEach } from '../platform/for-each.js';
import { ReconcileService } from '../rewards/reconcile/reconcile.service.js';
import { CashedCheques } from './cashed-cheques.service.js';
import { ChequeCover } from './cheque-cover.service.js';
import { ChequeIssuing } from './cheque-issuing.service.js';
import { ChequeRounds } from './cheque-rounds.service.js';

/** Brings what campaigns owe into cheques. What comes next is looked up each time, so it goes on after any crash. */
@Injectable()
export class ChequesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly cashed: CashedCheques,
    private readonly rounds: ChequeRounds,
    private readonly issuing: ChequeIssuing,
    private readonly cover: ChequeCover,
    private readonly reconcile: ReconcileService,
  ) {}

  async advance(): Promise<void> {
    const paying = (await this.campaigns.all()).filter(({ payoutKind }) => payoutKind === 'cheques');
    await forEach(paying, (campaign) => this.advanceOne(campaign));
  }

  private async advanceOne(campaign: Campaign): Promise<void> {
    const booked = await this.cashed.follow(campaign);
    await this.rounds.build(campaign);
    // while books differ nothing is signed; what was cashed is still booked
    const mayPay = await this.reconcile.mayPay(campaign.id);
    if (mayPay) await this.rounds.open(campaign);
    const toIssue = mayPay && (await this.issuing.isDue(campaign.id));
    if (!toIssue && !(await this.cover.isDue(campaign.id))) return;
    const cover = await this.cover.look(campaign, booked);
    const uncashed = toIssue
      ? await this.issuing.fix(campaign, cover)
      : await this.cover.uncashed(this.database.manager, campaign.id);
    const covered = await this.cover.judge(campaign, uncashed, cover);
    if (toIssue && covered) await this.issuing.sign(campaign, cover);
  }
}
