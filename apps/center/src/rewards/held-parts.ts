import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { Held } from '#libs/bundle';
import type { EpochOutcome } from '#libs/ruleset';
import type { Consequence } from '../audits/standing/consequence.entity.js';
import { DoubtsService } from '../audits/standing/doubts.service.js';
import { StandingService } from '../audits/standing/standing.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import type { Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import { AbsentParts } from './absent-parts.js';
import { HeldPartRow } from './held-part.entity.js';

/** What is known of a held part's plot. */
interface KnownOfPlot {
  plot: Plot;
  /**
   * What stands in the way of its release beside the retention time. `doubt`: asked for in vain, and to be asked again;
   * `lost`: forfeited unless there is an appeal; `appeal`: there is one, to be answered.
   */
  why: 'doubt' | 'lost' | 'appeal' | null;
  /** When it is asked for again, forfeited, or answered. */
  until: Date | null;
  /** Since when its loss is excused. */
  excusedAt: Date | null;
}

export type WaitingPart = KnownOfPlot & { row: HeldPartRow };

/** The held parts of plotting rewards: how they stand, for the rules to decide what becomes of them. */
@Injectable()
export class HeldParts {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly plots: PlotsService,
    private readonly doubts: DoubtsService,
    private readonly standings: StandingService,
    private readonly absent: AbsentParts,
  ) {}

  /** All that wait, with what is known of their plots by the end of an epoch. */
  async before(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<Held[]> {
    const rows = await manager.find(HeldPartRow, {
      where: { campaignId: campaign.id },
      order: { plotRef: 'ASC' },
    });
    const plots = await this.plots.byRefs(refsOf(rows), manager);
    await this.absent.note(manager, campaign, epoch, rows, plots);
    const known = await this.known(manager, campaign, rows, plots);
    // then nobody is asked again, and a doubt stays one
    const isOver = campaign.endsAt <= epoch.endsAt;
    const isAsked = epoch.startsAt < campaign.endsAt;
    return rows.map((row) => {
      const { plotRef, accountId, amount, keptMs, provedAt, missed } = row;
      const { why, until, excusedAt } = known.get(plotRef)!;
      const isFinal = why === 'lost' && until!.getTime() <= epoch.endsAt.getTime();
      // that nobody proves it is found before anything follows from it
      const isUntold = excusedAt === null && isAsked && this.absent.isLong(row, campaign, epoch.endsAt);
      const isOpen = why === 'doubt' ? !isOver : why !== null || isUntold;
      return {
        plot: plotRef,
        account: accountId,
        amount: amount.toString(),
        before: { keptMs, provedAt: provedAt.getTime(), missed },
        loss: isFinal ? 'final' : isOpen ? 'open' : 'none',
        excusedAt: excusedAt?.getTime() ?? null,
      };
    });
  }

  /** Campaigns in which some part waits. */
  async campaigns(): Promise<ReadonlySet<string>> {
    const rows = await this.database
      .getRepository(HeldPartRow)
      .createQueryBuilder('part')
      .select('DISTINCT part."campaignId"', 'id')
      .getRawMany<{ id: string }>();
    return new Set(rows.map(({ id }) => id));
  }

  /** An account's parts that wait, oldest proof first, with what is known of their plots now. */
  async waiting(campaign: Campaign, accountId: string): Promise<WaitingPart[]> {
    const { manager } = this.database;
    const rows = await manager.find(HeldPartRow, {
      where: { campaignId: campaign.id, accountId },
      order: { provedAt: 'ASC', plotRef: 'ASC' },
    });
    const plots = await this.plots.byRefs(refsOf(rows), manager);
    const known = await this.known(manager, campaign, rows, plots);
    return rows.map((row) => ({ row, ...known.get(row.plotRef)! }));
  }

  /** What is known of the plots of held parts, by the plots' row ids. @param plots of these rows */
  private async known(
    manager: EntityManager,
    campaign: Campaign,
    rows: readonly HeldPartRow[],
    plots: ReadonlyMap<string, Plot>,
  ): Promise<Map<string, KnownOfPlot>> {
    const refs = refsOf(rows);
    const absences = await this.absent.of(manager, rows, plots);
    const losses = await this.doubts.losses(manager, refs);
    const doubts = await this.doubts.open(manager, refs);
    const appeals = await this.standings.ofLosses(manager, [...losses.keys()]);
    const of = (plot: Plot): Omit<KnownOfPlot, 'plot'> => {
      const lost = losses.get(plot.id);
      const absence = absences.get(plot.id);
      if (plot.state !== 'lost' || !lost) {
        if (absence) return appealable(absence.at, absence, campaign);
        const doubt = doubts.get(plot.id);
        if (doubt?.nodeId === plot.nodeId) return { why: 'doubt', until: doubt.askAt, excusedAt: null };
        return { why: plot.state === 'rejected' ? 'doubt' : null, until: null, excusedAt: null };
      }
      // who has passed a plot on does not answer for its new keeper
      if (lost.nodeId !== plot.nodeId) return { why: null, until: null, excusedAt: lost.closedAt };
      return appealable(lost.closedAt!, appeals.get(plot.id), campaign);
    };
    return new Map([...plots.values()].map((plot) => [plot.id, { plot, ...of(plot) }]));
  }

  /** Keeps what an epoch left waiting, and forgets what it decided. */
  async save(manager: EntityManager, campaignId: string, { held, decided }: EpochOutcome): Promise<void> {
    const rows = held.map(({ plotId, account, amount, keptMs, provedAt, missed }) => ({
      campaignId,
      plotRef: plotId,
      accountId: account,
      amount,
      keptMs,
      provedAt: new Date(provedAt),
      missed,
    }));
    for (let i = 0; i < rows.length; i += 1000) {
      await manager.upsert(HeldPartRow, rows.slice(i, i + 1000), ['campaignId', 'plotRef']);
    }
    const { maturing, forfeited, settled = [] } = decided;
    const done = [...maturing, ...forfeited, ...settled].map(({ plotId }) => plotId);
    for (let i = 0; i < done.length; i += 1000) {
      await manager.delete(HeldPartRow, { campaignId, plotRef: In(done.slice(i, i + 1000)) });
    }
  }
}

const refsOf = (rows: readonly HeldPartRow[]) => rows.map((row) => row.plotRef);

/** How it stands with what was found: it may be appealed against for a time, and an appeal is answered. */
function appealable(
  foundAt: Date,
  appeal: Consequence | undefined,
  { appealSeconds }: Campaign,
): Omit<KnownOfPlot, 'plot'> {
  if (appeal?.excused) return { why: null, until: null, excusedAt: foundAt };
  if (appeal?.appealedAt && !appeal.answeredAt) {
    return { why: 'appeal', until: appeal.answerDueAt, excusedAt: null };
  }
  return { why: 'lost', until: new Date(foundAt.getTime() + appealSeconds * 1000), excusedAt: null };
}
