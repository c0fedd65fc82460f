import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { type ChequeSigner, uncashedSum } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { PayoutWishesService } from '../payouts/wishes/payout-wishes.service.js';
import { Alerts } from '../platform/alerts/alerts.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { SIGNERS, type Signers } from '../platform/signers.js';
import { LedgerService } from '../rewards/ledger/ledger.service.js';
import { Cheque, ChequePart, ChequeRound } from './cheque.entity.js';
import { ChequeBooks, type PayeeCheques } from './cheque-books.service.js';
import { ChequeCover, type Cover, type Uncashed } from './cheque-cover.service.js';
import { ChequeRounds } from './cheque-rounds.service.js';
import { type DueCheque, dueCheques } from './due-cheques.js';

/** How often it is looked whether who asked to wait need not wait any more. */
const REVIEW_MS = 60_000;
/** Cheques signed in one pass. */
const A_PASS = 1000;

/**
 * Issues cheques in two steps. First the amounts are fixed: rows, parts and the ledger's entry in one transaction. Then
 * each row is signed; a crash in between leaves rows that the next pass signs, and the same row gives the same cheque.
 */
@Injectable()
export class ChequeIssuing {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly rounds: ChequeRounds,
    private readonly books: ChequeBooks,
    private readonly cover: ChequeCover,
    private readonly wishes: PayoutWishesService,
    private readonly ledger: LedgerService,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(SIGNERS) private readonly signers: Signers,
  ) {}

  /** Whether anything may have to be fixed or signed. */
  async isDue(campaignId: string): Promise<boolean> {
    return (await this.toIssue(campaignId)) !== null || (await this.anyUnsigned(campaignId));
  }

  /**
   * Fixes the amounts of everybody who is due under the open round; all of them, or none when they are not covered.
   * Rejects when the books of cheques do not agree at this very moment.
   */
  async fix(campaign: Campaign, cover: Cover): Promise<Uncashed> {
    if (!(await this.toIssue(campaign.id))) return this.cover.uncashed(this.database.manager, campaign.id);
    const hold = await this.wishes.holder(campaign);
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
      // as it is now that nobody else can change it
      const round = await this.toIssue(campaign.id, manager);
      if (!round) return this.cover.uncashed(manager, campaign.id);
      const [differs] = await this.books.compare(manager, campaign);
      if (differs) throw new Error(`nothing is signed: ${differs.what}: ${differs.ledger}, ${differs.other}`);
      const inCheques = await this.books.byAccount(manager, campaign.id);
      const { payees } = await this.rounds.payees(manager, campaign, round.epochIndex);
      const { due, held } = dueCheques(
        payees,
        inCheques,
        (account, amount) => hold(account, amount) !== null,
      );
      const newest = await this.books.newest(manager, campaign.id);
      const before = uncashedSum(newest);
      const wanted = before + due.reduce((sum, one) => sum + one.sum, 0n);
      if (wanted > cover.liquid) return { fixed: before, wanted };
      const issues = due.length > 0 ? round.issues + 1 : round.issues;
      if (due.length > 0) await this.record(manager, campaign, { ...round, issues }, newest, due);
      await manager.update(ChequeRound, round.id, { issues, held, lookedAt: this.clock.now() });
      return { fixed: wanted, wanted };
    });
  }

  /** Signs what is fixed and not signed yet. The caller has seen that all of it is covered. */
  async sign(campaign: Campaign, { issuer }: Cover): Promise<void> {
    const rows = await this.database.getRepository(Cheque).find({
      where: { campaignId: campaign.id, signature: IsNull() },
      order: { createdAt: 'ASC', number: 'ASC' },
      take: A_PASS,
    });
    const signer = this.signers.issuer;
    const isOurs = signer !== null && signer.address === issuer;
    const nobody = { chequebook: campaign.payoutContract, issuer, signer: signer?.address ?? 'none' };
    if (rows.length > 0 && !isOurs) await this.alerts.raise('cheques_unsigned', campaign.id, nobody);
    if (!signer || !isOurs || rows.length === 0) return;
    try {
      await forEach(rows, (row) => this.signOne(campaign, row, signer));
    } catch (error) {
      await this.alerts.raise('cheques_unsigned', campaign.id, { ...nobody, problem: String(error) });
      throw error;
    }
    await this.alerts.clear('cheques_unsigned', campaign.id);
    this.log.log('cheques signed', { campaign: campaign.name, cheques: rows.length });
  }

  private async signOne({ tokenAddress: token }: Campaign, row: Cheque, signer: ChequeSigner): Promise<void> {
    const { id, chainId, chequebook, beneficiary, cumulativePayout } = row;
    const { signature } = await signer.signCheque({
      chainId,
      chequebook,
      token,
      beneficiary,
      cumulativePayout,
    });
    const signedAt = this.clock.now();
    await this.database.getRepository(Cheque).update({ id, signature: IsNull() }, { signature, signedAt });
  }

  /** The open round when it was never looked at, or when somebody asked to wait and a minute has gone by. */
  private async toIssue(campaignId: string, manager?: EntityManager): Promise<ChequeRound | null> {
    const round = await this.rounds.current(campaignId, manager);
    if (!round?.lookedAt) return round;
    const age = this.clock.now().getTime() - round.lookedAt.getTime();
    return round.held > 0 && age >= REVIEW_MS ? round : null;
  }

  private anyUnsigned(campaignId: string): Promise<boolean> {
    return this.database.getRepository(Cheque).existsBy({ campaignId, signature: IsNull() });
  }

  private async record(
    manager: EntityManager,
    campaign: Campaign,
    round: ChequeRound,
    newest: readonly PayeeCheques[],
    due: readonly DueCheque[],
  ): Promise<void> {
    const before = new Map(newest.map((one) => [one.beneficiary, one]));
    const { id: campaignId, chainId, payoutContract: chequebook } = campaign;
    const common = { campaignId, roundId: round.id, chainId, chequebook, createdAt: this.clock.now() };
    const cheques = due.map(({ beneficiary, sum }) => ({
      ...common,
      beneficiary,
      number: (before.get(beneficiary)?.number ?? 0) + 1,
      cumulativePayout: (before.get(beneficiary)?.cumulativePayout ?? 0n) + sum,
    }));
    for (let i = 0; i < cheques.length; i += 1000) {
      const { identifiers } = await manager.insert(Cheque, cheques.slice(i, i + 1000));
      const parts = identifiers.flatMap(({ id }, j) =>
        due[i + j]!.parts.map((part) => ({ ...part, chequeId: id as string })),
      );
      for (let k = 0; k < parts.length; k += 1000) await manager.insert(ChequePart, parts.slice(k, k + 1000));
    }
    const moves = due.flatMap(({ parts }) =>
      parts.map(({ accountId: owner, amount }) => ({
        from: 'contributor:released' as const,
        to: 'contributor:published' as const,
        owner,
        amount,
      })),
    );
    const key = `cheques:${round.id}:${round.issues}`;
    if (!(await this.ledger.book(manager, campaign, 'publish', key, moves)))
      throw new Error(`${key} was booked before`);
  }
}
