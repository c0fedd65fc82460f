import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { getAddress } from 'ethers';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { renderCheque, type SignedCheque } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import { PayoutWishesService } from '../payouts/wishes/payout-wishes.service.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { LedgerService } from '../rewards/ledger/ledger.service.js';
import { Cheque, ChequebookReading, ChequePart, ChequePayee } from './cheque.entity.js';
import { ChequeRounds, signableFrom } from './cheque-rounds.service.js';
import type {
  ChequebookView,
  ChequeFile,
  ChequeState,
  ChequesAnswer,
  ChequeView,
  ComingChequeView,
  LastCashView,
  MyChequesAnswer,
} from './dto.js';

/** Newest first; who has more has had more campaigns than that. */
const SHOWN = 200;

/** Cheques as people see them: of each chequebook the newest that is signed. */
@Injectable()
export class ChequeList {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly rounds: ChequeRounds,
    private readonly ledger: LedgerService,
    private readonly wishes: PayoutWishesService,
    private readonly chains: Chains,
    private readonly clock: Clock,
  ) {}

  async ofAccount(accountId: string): Promise<MyChequesAnswer> {
    const mine = await this.myParts(accountId);
    const rows = await this.newest((query) =>
      query
        .innerJoin(
          Cheque,
          'any',
          'any.campaignId = cheque.campaignId AND any.beneficiary = cheque.beneficiary',
        )
        .innerJoin(ChequePart, 'part', 'part.chequeId = any.id AND part.accountId = :accountId', {
          accountId,
        }),
    );
    const views = await this.views(rows);
    return {
      at: this.clock.now().toISOString(),
      items: views.map((view) => ({
        ...view,
        mine: mine.get(`${view.campaignId} ${view.beneficiary}`) ?? '0',
      })),
      coming: await this.coming(accountId),
    };
  }

  /** Those that an address can cash. They are worth nothing to anybody else. Errors: payout_address_invalid. */
  async at(address: string): Promise<ChequesAnswer> {
    const beneficiary = addressOf(address);
    const rows = await this.newest((query) =>
      query.where('cheque.beneficiary = :beneficiary', { beneficiary }),
    );
    const files = await Promise.all(rows.map((row) => this.signed(row)));
    const items = (await this.views(rows)).map((view, i) => ({
      ...view,
      file: JSON.parse(renderCheque(files[i]!)) as ChequeFile,
    }));
    return { at: this.clock.now().toISOString(), items };
  }

  /** A signed cheque of a beneficiary of whose cheques a part is mine, as a file. Errors: not_found. */
  async file(accountId: string, id: string): Promise<{ name: string; text: string }> {
    const row = await this.database.getRepository(Cheque).findOneBy({ id });
    if (!row?.signature) throw new CroftError('not_found');
    const mine = await this.myParts(accountId);
    if (!mine.has(`${row.campaignId} ${row.beneficiary}`)) throw new CroftError('not_found');
    const name = `cheque-${row.chequebook.slice(2, 10).toLowerCase()}-${row.number}.json`;
    return { name, text: renderCheque(await this.signed(row)) };
  }

  /** Base units of all cheques that are an account's, by campaign and beneficiary. */
  private async myParts(accountId: string): Promise<Map<string, string>> {
    const rows = await this.database
      .createQueryBuilder(ChequePart, 'part')
      .innerJoin(Cheque, 'cheque', 'cheque.id = part.chequeId')
      .select(['cheque.campaignId AS "campaignId"', 'cheque.beneficiary AS beneficiary'])
      .addSelect('SUM(part.amount)', 'sum')
      .where('part.accountId = :accountId', { accountId })
      .groupBy('cheque.campaignId')
      .addGroupBy('cheque.beneficiary')
      .getRawMany<{ campaignId: string; beneficiary: string; sum: string }>();
    return new Map(rows.map(({ campaignId, beneficiary, sum }) => [`${campaignId} ${beneficiary}`, sum]));
  }

  private newest(
    narrowed: (query: SelectQueryBuilder<Cheque>) => SelectQueryBuilder<Cheque>,
  ): Promise<Cheque[]> {
    const query = this.database.createQueryBuilder(Cheque, 'cheque');
    return narrowed(query)
      .distinctOn(['cheque.campaignId', 'cheque.beneficiary'])
      .andWhere('cheque.signature IS NOT NULL')
      .orderBy('cheque.campaignId')
      .addOrderBy('cheque.beneficiary')
      .addOrderBy('cheque.number', 'DESC')
      .limit(SHOWN)
      .getMany();
  }

  private async views(rows: readonly Cheque[]): Promise<ChequeView[]> {
    const ids = [...new Set(rows.map(({ campaignId }) => campaignId))];
    const campaigns = await this.campaigns.byIds(ids);
    const readings = await this.database.getRepository(ChequebookReading).findBy({ campaignId: In(ids) });
    const payees = await this.database
      .getRepository(ChequePayee)
      .findBy({ campaignId: In(ids), beneficiary: In(rows.map(({ beneficiary }) => beneficiary)) });
    return rows.map((row) => {
      const { campaignId, beneficiary } = row;
      const campaign = campaigns.get(campaignId)!;
      const payee = payees.find((one) => one.campaignId === campaignId && one.beneficiary === beneficiary);
      const reading = readings.find((one) => one.campaignId === campaignId);
      return this.view(row, campaign, payee ?? null, reading ?? null);
    });
  }

  private view(
    row: Cheque,
    campaign: Campaign,
    payee: ChequePayee | null,
    reading: ChequebookReading | null,
  ): ChequeView {
    const { id, campaignId, chequebook, beneficiary, number, cumulativePayout } = row;
    const cashed = payee?.cashed ?? 0n;
    const left = cumulativePayout - cashed;
    return {
      id,
      campaignId,
      campaignName: campaign.name,
      token: tokenView(campaign),
      chainName: this.chainName(campaign),
      chequebook,
      beneficiary,
      number,
      cumulativePayout: cumulativePayout.toString(),
      cashed: cashed.toString(),
      uncashed: (left > 0n ? left : 0n).toString(),
      state: stateOf(cumulativePayout, payee),
      signedAt: row.signedAt!.toISOString(),
      lastCash: payee && this.lastCash(campaign, payee),
      onChain: reading && readingView(reading),
    };
  }

  private lastCash({ chainId }: Campaign, { tx, blockNumber, bookedAt }: ChequePayee): LastCashView {
    const explorer = this.chains.has(chainId)
      ? this.chains.get(chainId).explorerUrl?.replace(/\/$/, '')
      : null;
    return { tx, txUrl: explorer ? `${explorer}/tx/${tx}` : null, blockNumber, at: bookedAt.toISOString() };
  }

  private async coming(accountId: string): Promise<ComingChequeView[]> {
    const campaigns = (await this.campaigns.all()).filter(({ payoutKind }) => payoutKind === 'cheques');
    const items = await Promise.all(
      campaigns.map(async (campaign): Promise<ComingChequeView> => {
        const { 'contributor:released': amount } = await this.ledger.balances(campaign.id, accountId);
        const round = await this.rounds.coming(campaign.id);
        const hold = await this.wishes.holdOn(campaign, accountId, amount);
        return {
          campaignId: campaign.id,
          campaignName: campaign.name,
          token: tokenView(campaign),
          amount: amount.toString(),
          round: round?.state === 'waiting' || round?.state === 'approved' ? round.state : null,
          signableFrom: (round && signableFrom(campaign, round)?.toISOString()) ?? null,
          held: hold && { reason: hold.reason, until: hold.until.toString() },
        };
      }),
    );
    return items.filter(({ amount }) => amount !== '0');
  }

  private async signed(row: Cheque): Promise<SignedCheque> {
    const { campaignId, chainId, chequebook, beneficiary, cumulativePayout, signature } = row;
    const { tokenAddress: token } = await this.campaigns.byId(campaignId);
    const reading = await this.database.getRepository(ChequebookReading).findOneByOrFail({ campaignId });
    const { issuer } = reading;
    return { chainId, chequebook, token, issuer, beneficiary, cumulativePayout, signature: signature! };
  }

  private chainName({ chainId }: Campaign): string {
    return this.chains.has(chainId) ? this.chains.get(chainId).name : `chain ${chainId}`;
  }
}

function stateOf(cumulativePayout: bigint, payee: ChequePayee | null): ChequeState {
  if (!payee) return 'issued';
  if (payee.cashed >= cumulativePayout) return 'cashed';
  if (payee.cashed < payee.asked) return 'bounced';
  return payee.cashed > 0n ? 'partly_cashed' : 'issued';
}

export const readingView = (reading: ChequebookReading): ChequebookView => ({
  balance: reading.balance.toString(),
  liquidBalance: reading.liquidBalance.toString(),
  covered: reading.covered,
  bounced: reading.bounced,
  readAt: reading.readAt.toISOString(),
});

function addressOf(text: string): string {
  try {
    if (/^0x[0-9a-fA-F]{40}$/.test(text)) return getAddress(text.toLowerCase());
  } catch {
    // refused below
  }
  throw new CroftError('payout_address_invalid');
}
