import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull } from 'typeorm';
import { uncashedSum } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { type PageQuery, pageOf } from '../platform/paging.js';
import { Cheque, ChequeRound } from './cheque.entity.js';
import { ChequeBooks } from './cheque-books.service.js';
import { ChequeCover } from './cheque-cover.service.js';
import { readingView } from './cheque-list.service.js';
import { ChequeRounds, signableFrom } from './cheque-rounds.service.js';
import type { ChequebookStandingView, ChequebooksAnswer, ChequeRoundsPage, ChequeRoundView } from './dto.js';

/** What an operator sees of cheques: rounds on their way, what is uncashed, and what covers it. */
@Injectable()
export class ChequebookList {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly rounds: ChequeRounds,
    private readonly books: ChequeBooks,
    private readonly cover: ChequeCover,
    private readonly chains: Chains,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<ChequebooksAnswer> {
    const paying = (await this.campaigns.all()).filter(({ payoutKind }) => payoutKind === 'cheques');
    const items = await Promise.all(paying.map((campaign) => this.standing(campaign)));
    return { at: this.clock.now().toISOString(), items };
  }

  async roundsPage(query: PageQuery): Promise<ChequeRoundsPage> {
    const all = this.database.getRepository(ChequeRound).createQueryBuilder('round');
    const { items: rows, next } = await pageOf(all, 'createdAt', query);
    const campaigns = await this.campaigns.byIds(rows.map(({ campaignId }) => campaignId));
    return { items: rows.map((row) => roundView(row, campaigns.get(row.campaignId)!)), next };
  }

  /** Errors: not_found, payout_not_pending. */
  async approve(id: string, adminId: string): Promise<ChequeRoundView> {
    const round = await this.rounds.approve(id, adminId);
    return roundView(round, await this.campaigns.byId(round.campaignId));
  }

  /** Errors: not_found, payout_not_pending. */
  async stop(id: string, adminId: string): Promise<ChequeRoundView> {
    const round = await this.rounds.stop(id, adminId);
    return roundView(round, await this.campaigns.byId(round.campaignId));
  }

  /** Rounds not yet signed. */
  pending(): Promise<number> {
    return this.database.getRepository(ChequeRound).countBy([{ state: 'waiting' }, { state: 'approved' }]);
  }

  private async standing(campaign: Campaign): Promise<ChequebookStandingView> {
    const { id: campaignId, chainId } = campaign;
    const newest = await this.books.newest(this.database.manager, campaignId);
    const reading = await this.cover.reading(campaignId);
    const unsigned = await this.database.getRepository(Cheque).countBy({ campaignId, signature: IsNull() });
    return {
      campaignId,
      campaignName: campaign.name,
      token: tokenView(campaign),
      chainName: this.chains.has(chainId) ? this.chains.get(chainId).name : `chain ${chainId}`,
      chequebook: campaign.payoutContract,
      disputeSeconds: campaign.disputeSeconds ?? 0,
      inCheques: newest.reduce((sum, { cumulativePayout }) => sum + cumulativePayout, 0n).toString(),
      cashed: newest.reduce((sum, { paidOut }) => sum + paidOut, 0n).toString(),
      uncashed: uncashedSum(newest).toString(),
      wanted: reading?.wanted.toString() ?? null,
      beneficiaries: newest.length,
      unsigned,
      issuer: reading?.issuer ?? null,
      onChain: reading && readingView(reading),
    };
  }
}

const roundView = (round: ChequeRound, campaign: Campaign): ChequeRoundView => ({
  id: round.id,
  campaignId: campaign.id,
  campaignName: campaign.name,
  token: tokenView(campaign),
  number: round.number,
  epochIndex: round.epochIndex,
  dataHash: round.dataHash,
  treeRoot: round.treeRoot,
  amount: round.amount.toString(),
  recipients: round.recipients,
  held: round.held,
  state: round.state,
  createdAt: round.createdAt.toISOString(),
  signableFrom: signableFrom(campaign, round)?.toISOString() ?? null,
});
