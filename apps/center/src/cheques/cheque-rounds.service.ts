import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { getAddress } from 'ethers';
import { DataSource, type EntityManager, In } from 'typeorm';
import { isDueInTree, treeRoot } from '#libs/bundle';
import { CroftError } from '#libs/protocol';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { BundlesService } from '../rewards/bundles/bundles.service.js';
import { EpochClosingService } from '../rewards/epoch-closing.service.js';
import { ChequeRound, type ChequeRoundState } from './cheque.entity.js';
import { ChequeBooks } from './cheque-books.service.js';
import { dueCheques, type TreePayee } from './due-cheques.js';

/**
 * Rounds of cheques: what a bundle says is due is approved, waits for its dispute time, and only then may be signed, for
 * a signed cheque cannot be taken back. One round at a time is on its way.
 */
@Injectable()
export class ChequeRounds {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly bundles: BundlesService,
    private readonly closings: EpochClosingService,
    private readonly books: ChequeBooks,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Makes the next round when an epoch has closed since the last one and somebody is due. */
  async build(campaign: Campaign): Promise<void> {
    const closing = await this.closings.lastClosing(campaign.id);
    if (!closing) return;
    await this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
      const last = await this.last(manager, campaign.id);
      if (last && (isOnItsWay(last.state) || last.epochIndex >= closing.epochIndex)) return;
      const { epochIndex } = closing;
      const { payees, root } = await this.payees(manager, campaign, epochIndex);
      const { due } = dueCheques(payees, await this.books.byAccount(manager, campaign.id), () => false);
      if (due.length === 0) return;
      const now = this.clock.now();
      const approved = this.config.PAYOUT_APPROVAL === 'automatic';
      await manager.insert(ChequeRound, {
        campaignId: campaign.id,
        number: (last?.number ?? 0) + 1,
        epochIndex,
        treeRoot: root!,
        dataHash: `0x${closing.dataHash}`,
        amount: due.reduce((sum, one) => sum + one.sum, 0n),
        recipients: due.reduce((sum, { parts }) => sum + parts.length, 0),
        state: approved ? 'approved' : 'waiting',
        approvedAt: approved ? now : null,
        createdAt: now,
      });
    });
  }

  /** Opens the approved round when its dispute time is over: the moment at which a root would become active. */
  async open(campaign: Campaign): Promise<void> {
    const round = await this.database
      .getRepository(ChequeRound)
      .findOneBy({ campaignId: campaign.id, state: 'approved' });
    if (!round || this.clock.now() < signableFrom(campaign, round)!) return;
    await this.database.transaction(async (manager) => {
      const opened = await manager.update(
        ChequeRound,
        { id: round.id, state: 'approved' },
        { state: 'open' },
      );
      if (!opened.affected) return;
      const before = { campaignId: campaign.id, state: 'open' as const };
      const others = await manager.findBy(ChequeRound, before);
      const ids = others.map(({ id }) => id).filter((id) => id !== round.id);
      await manager.update(ChequeRound, { id: In(ids) }, { state: 'done' });
    });
  }

  /** The round under which cheques are issued now, or null. */
  current(campaignId: string, manager: EntityManager = this.database.manager): Promise<ChequeRound | null> {
    return manager.findOneBy(ChequeRound, { campaignId, state: 'open' });
  }

  /** The one that waits for approval, or for the end of its dispute time. */
  coming(campaignId: string): Promise<ChequeRound | null> {
    const onItsWay = In(['waiting', 'approved'] satisfies ChequeRoundState[]);
    return this.database.getRepository(ChequeRound).findOneBy({ campaignId, state: onItsWay });
  }

  /** Errors: not_found, payout_not_pending. */
  async approve(id: string, adminId: string): Promise<ChequeRound> {
    const change = { state: 'approved' as const, decidedBy: adminId, approvedAt: this.clock.now() };
    return this.decide(id, ['waiting'], change);
  }

  /** What it held is in the round after the next epoch. Errors: not_found, payout_not_pending. */
  async stop(id: string, adminId: string): Promise<ChequeRound> {
    return this.decide(id, ['waiting', 'approved'], { state: 'stopped', decidedBy: adminId });
  }

  /**
   * Who is due by the tree of an epoch's bundle: what was published is what is signed.
   * @throws Error when the tree is not the one that was published
   */
  async payees(
    manager: EntityManager,
    campaign: Campaign,
    epochIndex: number,
  ): Promise<{ payees: TreePayee[]; root: string | null }> {
    const { entries, root } = await this.bundles.treeOf(manager, campaign.id, epochIndex);
    if (treeRoot(entries) !== root)
      throw new Error(`the tree of epoch ${epochIndex} is not the bundle’s ${root}`);
    const payees = entries.filter(isDueInTree).map(({ account, address, units }) => ({
      accountId: account,
      address: getAddress(address!),
      released: BigInt(units) * campaign.unitSize,
    }));
    return { payees, root };
  }

  private async decide(
    id: string,
    from: ChequeRoundState[],
    change: Partial<Pick<ChequeRound, 'state' | 'decidedBy' | 'approvedAt'>>,
  ): Promise<ChequeRound> {
    const rounds = this.database.getRepository(ChequeRound);
    const { affected } = await rounds.update({ id, state: In(from) }, change);
    const round = await rounds.findOneBy({ id });
    if (!round) throw new CroftError('not_found');
    if (!affected) throw new CroftError('payout_not_pending', { state: round.state });
    return round;
  }

  private async last(manager: EntityManager, campaignId: string): Promise<ChequeRound | null> {
    const [last] = await manager.find(ChequeRound, {
      where: { campaignId },
      order: { number: 'DESC' },
      take: 1,
    });
    return last ?? null;
  }
}

const isOnItsWay = (state: ChequeRoundState) => state === 'waiting' || state === 'approved';

/** When the dispute time of a round is over; null while it is not approved. */
export const signableFrom = ({ disputeSeconds }: Campaign, { approvedAt }: ChequeRound): Date | null =>
  approvedAt && new Date(approvedAt.getTime() + (disputeSeconds ?? 0) * 1000);
