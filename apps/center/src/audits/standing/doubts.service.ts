import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager, IsNull, LessThanOrEqual } from 'typeorm';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { NodesService } from '../../nodes/nodes.service.js';
import { Clock } from '../../platform/clock.js';
import { forEach } from '../../platform/for-each.js';
import { PlotsService } from '../../plots/plots.service.js';
import { Check } from '../audit.entity.js';
import { RoundsService } from '../rounds.service.js';
import { Doubt, type DoubtCause, type DoubtOutcome } from './doubt.entity.js';
import { StandingService } from './standing.service.js';

/** A node that is there and does not answer for the plot this many times has said enough. */
const SILENCES = 5;
/** So many plots lost within the memory are no single mishap. */
const GRAVE_LOSSES = 3;
const MEMORY_MS = 30 * 86_400_000;

export interface Raised {
  /** A check in vain, or another audit of the plot. */
  check: Pick<Check, 'id' | 'plotRef' | 'nodeId' | 'accountId'>;
  cause: DoubtCause;
}

/** Plots asked for in vain: asked again after a pause, and lost only when they fail again. */
@Injectable()
export class DoubtsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly nodes: NodesService,
    private readonly plots: PlotsService,
    private readonly rounds: RoundsService,
    private readonly standings: StandingService,
    private readonly clock: Clock,
  ) {}

  /** Opens a doubt for each plot that has none. Nothing follows from it yet. */
  async raise(manager: EntityManager, campaignId: string, raised: Raised[]): Promise<void> {
    if (raised.length === 0) return;
    const { confirmAfterSeconds } = await this.campaigns.byId(campaignId);
    const openedAt = this.clock.now();
    const askAt = new Date(openedAt.getTime() + confirmAfterSeconds * 1000);
    const rows = raised.map(({ check: { id, plotRef, nodeId, accountId }, cause }) => ({
      campaignId,
      plotRef,
      nodeId,
      accountId,
      checkId: id,
      cause,
      openedAt,
      askAt,
    }));
    for (let i = 0; i < rows.length; i += 1000) {
      const some = rows.slice(i, i + 1000);
      await manager.createQueryBuilder().insert().into(Doubt).values(some).orIgnore().execute();
    }
  }

  /** Asks again for what is due, and settles what was answered. */
  async advance(): Promise<void> {
    const due = await this.database.getRepository(Doubt).find({
      where: { closedAt: IsNull(), askAt: LessThanOrEqual(this.clock.now()) },
      order: { askAt: 'ASC' },
      take: 1000,
    });
    await forEach(due, (doubt) => this.settle(doubt));
  }

  /** Lost plots among these, each with when that was decided. */
  async losses(manager: EntityManager, plotRefs: string[]): Promise<Map<string, Doubt>> {
    const rows = await manager.findBy(Doubt, { plotRef: Any(plotRefs), outcome: 'lost' });
    return new Map(rows.map((row) => [row.plotRef, row]));
  }

  /** Open doubts about these plots. */
  async open(manager: EntityManager, plotRefs: string[]): Promise<Map<string, Doubt>> {
    const rows = await manager.findBy(Doubt, { plotRef: Any(plotRefs), closedAt: IsNull() });
    return new Map(rows.map((row) => [row.plotRef, row]));
  }

  private async settle(doubt: Doubt) {
    const keeper = await this.plots.keeper(doubt.plotRef);
    // custody has passed since: the new keeper proved its own copy
    if (keeper?.nodeId !== doubt.nodeId) return this.close(this.database.manager, doubt, 'cleared');
    const asked = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .innerJoinAndSelect('check.round', 'round')
      .where(`round.kind = 'confirmation' AND check.plotRef = :plot AND check.nodeId = :node`, {
        plot: doubt.plotRef,
        node: doubt.nodeId,
      })
      .andWhere('round.sentAt >= :since', { since: doubt.askAt })
      .orderBy('check.sentAt')
      .getMany();
    if (asked.some((check) => check.verdict === 'proved')) {
      return this.close(this.database.manager, doubt, 'cleared');
    }
    const failed = asked.filter((check) => check.verdict === 'empty' || check.verdict === 'invalid');
    const silent = asked.filter((check) => check.verdict === 'silent' || check.verdict === 'late');
    if (failed.length > 0 || silent.length >= SILENCES) return this.lose(doubt, asked);
    if (asked.some((check) => check.verdict === null)) return;
    await this.ask(doubt, silent.at(-1)?.sentAt);
  }

  /** Asks while the node is there, with a pause between one silence and the next. */
  private async ask(doubt: Doubt, lastSilence: Date | undefined) {
    const campaign = await this.campaigns.byId(doubt.campaignId);
    const pauseMs = (campaign.confirmAfterSeconds * 1000) / SILENCES;
    if (lastSilence && this.clock.now().getTime() < lastSilence.getTime() + pauseMs) return;
    const node = (await this.nodes.byIds([doubt.nodeId])).get(doubt.nodeId);
    const plot = (await this.plots.byRefs([doubt.plotRef])).get(doubt.plotRef);
    if (!node || !plot || !this.nodes.isOnline(node)) return;
    const duty = { plot, nodeId: doubt.nodeId, accountId: doubt.accountId };
    await this.rounds.challenge(campaign, 'confirmation', duty);
  }

  private async lose(doubt: Doubt, asked: Check[]) {
    const since = new Date(this.clock.now().getTime() - MEMORY_MS);
    await this.database.transaction(async (manager) => {
      await manager.findOneOrFail(Doubt, { where: { id: doubt.id }, lock: { mode: 'pessimistic_write' } });
      const lost = await this.plots.lose(manager, doubt.plotRef, doubt.nodeId);
      await this.close(manager, doubt, lost ? 'lost' : 'cleared');
      if (!lost) return;
      const earlier = await manager
        .createQueryBuilder(Doubt, 'doubt')
        .where(`doubt.nodeId = :node AND doubt.outcome = 'lost' AND doubt.closedAt >= :since`, {
          node: doubt.nodeId,
          since,
        })
        .getCount();
      await this.standings.found(manager, {
        ...doubt,
        cause: 'plot_lost',
        weight: earlier >= GRAVE_LOSSES ? 'grave' : 'warning',
        evidence: { plots: [doubt.plotRef], checks: [doubt.checkId, ...asked.map((check) => check.id)] },
      });
    });
  }

  private async close(manager: EntityManager, { id }: Doubt, outcome: DoubtOutcome) {
    await manager.update(Doubt, { id, closedAt: IsNull() }, { outcome, closedAt: this.clock.now() });
  }
}
