import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { CHUNK, ChainError, emptyVector, setUnits, unitsAt } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { LedgerService } from '../rewards/ledger/ledger.service.js';
import { PaidChunk, Payout, PayoutRoot } from './payout.entity.js';

/** What one transaction, or one claim in it, paid for good. */
export interface FinalPayments {
  /** Booked once. */
  readonly key: string;
  readonly tx: string;
  readonly blockNumber: number;
  /** Base units the contract says it has paid by now; no more than that is ever booked. */
  readonly contractPaid: bigint;
  /** The root it was paid under; null when its event does not say. */
  readonly rootId: string | null;
  /** Units paid now, not cumulative. */
  readonly payments: readonly { readonly index: number; readonly units: bigint }[];
  readonly failed: readonly { readonly index: number }[];
}

/**
 * Books what is final on chain, whoever sent it: the ledger, the vectors that the contract holds as paid, and the rows
 * people see; all or nothing. Payments are added up, so that a push and a claim may come in either order.
 */
@Injectable()
export class PaidBook {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly ledger: LedgerService,
  ) {}

  /** Returns whether it was new. Rejects with a ChainError `answers_differ` when the contract has not paid as much. */
  async book(manager: EntityManager, campaign: Campaign, paid: FinalPayments): Promise<boolean> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
    const accounts = new Map(
      (await this.campaigns.membersOf(campaign.id, manager)).map(({ index, accountId }) => [
        index,
        accountId,
      ]),
    );
    const moves = paid.payments.map(({ index, units }) => ({
      from: 'contributor:published' as const,
      to: 'contributor:paid' as const,
      owner: accounts.get(index)!,
      amount: units * campaign.unitSize,
    }));
    const isNew = await this.ledger.book(manager, campaign, 'pay', paid.key, moves);
    if (moves.length > 0 && !isNew) return false;
    const booked = (await this.ledger.campaignBalances(campaign.id, manager))['contributor:paid'];
    if (booked > paid.contractPaid)
      throw new ChainError('answers_differ', `${paid.tx} paid what the contract has not paid`);
    await this.addToVectors(manager, campaign.id, paid.payments);
    await this.showPaid(manager, campaign, paid);
    return isNew;
  }

  private async addToVectors(
    manager: EntityManager,
    campaignId: string,
    payments: FinalPayments['payments'],
  ): Promise<void> {
    const chunks = [...new Set(payments.map(({ index }) => Math.floor(index / CHUNK)))];
    const known = await manager.findBy(PaidChunk, { campaignId, chunk: In(chunks) });
    for (const chunk of chunks) {
      const before = known.find((row) => row.chunk === chunk)?.vector;
      const vector = before ? new Uint8Array(before) : emptyVector();
      for (const { index, units } of payments)
        if (Math.floor(index / CHUNK) === chunk)
          setUnits(vector, index % CHUNK, unitsAt(vector, index % CHUNK) + units);
      await manager.upsert(PaidChunk, { campaignId, chunk, vector: Buffer.from(vector) }, [
        'campaignId',
        'chunk',
      ]);
    }
  }

  private async showPaid(manager: EntityManager, campaign: Campaign, paid: FinalPayments): Promise<void> {
    const { tx, blockNumber } = paid;
    for (const { index, units } of paid.payments) {
      const row = await this.openRow(manager, campaign.id, paid.rootId, { index, units });
      // less than was planned when a claim came first
      const amount = units * campaign.unitSize;
      if (row) await manager.update(Payout, row.id, { state: 'confirmed', tx, blockNumber, units, amount });
    }
    for (const { index } of paid.failed) {
      const row = await this.openRow(manager, campaign.id, paid.rootId, { index });
      if (row) await manager.update(Payout, row.id, { state: 'failed', tx, blockNumber });
    }
  }

  /**
   * The row that a payment answers. A claim's event names no root, and the newest may not be active yet: the row that
   * awaits just this much, else the newest.
   */
  private openRow(
    manager: EntityManager,
    campaignId: string,
    rootId: string | null,
    { index, units }: { index: number; units?: bigint },
  ) {
    const rows = manager
      .createQueryBuilder(Payout, 'payout')
      .where(`payout.campaignId = :campaignId AND payout.index = :index AND payout.state <> 'confirmed'`, {
        campaignId,
        index,
      });
    if (rootId) return rows.andWhere('payout.rootId = :rootId', { rootId }).getOne();
    return rows
      .innerJoin(PayoutRoot, 'root', `root.id = payout.rootId AND root.state <> 'vetoed'`)
      .addSelect('payout.units = :units', 'fits')
      .setParameter('units', `${units ?? 0n}`)
      .orderBy('fits', 'DESC')
      .addOrderBy('root.number', 'DESC')
      .getOne();
  }
}
