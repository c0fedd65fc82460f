import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Held } from '#libs/bundle';
import type { EpochOutcome } from '#libs/ruleset';
import { DoubtsService } from '../audits/standing/doubts.service.js';
import { StandingService } from '../audits/standing/standing.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import type { Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import { HeldPartRow } from './held-part.entity.js';

/** The held parts of plotting rewards: how they stand, for the rules to decide what becomes of them. */
@Injectable()
export class HeldParts {
  constructor(
    private readonly plots: PlotsService,
    private readonly doubts: DoubtsService,
    private readonly standings: StandingService,
  ) {}

  /** All that wait, with what is known of their plots by the end of an epoch. */
  async before(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<Held[]> {
    const rows = await manager.find(HeldPartRow, {
      where: { campaignId: campaign.id },
      order: { plotRef: 'ASC' },
    });
    const refs = rows.map((row) => row.plotRef);
    const plots = await this.plots.byRefs(refs, manager);
    const losses = await this.doubts.losses(manager, refs);
    const doubts = await this.doubts.open(manager, refs);
    const appeals = await this.standings.ofLosses(manager, [...losses.keys()]);
    const lossOf = (plot: Plot): Pick<Held, 'loss' | 'excusedAt'> => {
      const lost = losses.get(plot.id);
      if (plot.state !== 'lost' || !lost) {
        const doubted = doubts.get(plot.id)?.nodeId === plot.nodeId || plot.state === 'rejected';
        return { loss: doubted ? 'open' : 'none', excusedAt: null };
      }
      const appeal = appeals.get(plot.id);
      // who has passed a plot on does not answer for its new keeper
      if (lost.nodeId !== plot.nodeId || appeal?.excused) {
        return { loss: 'none', excusedAt: lost.closedAt!.getTime() };
      }
      if (appeal?.appealedAt && !appeal.answeredAt) return { loss: 'open', excusedAt: null };
      const finalAt = lost.closedAt!.getTime() + campaign.appealSeconds * 1000;
      return { loss: finalAt <= epoch.endsAt.getTime() ? 'final' : 'open', excusedAt: null };
    };
    return rows.map(({ plotRef, accountId, amount, keptMs, provedAt, missed }) => ({
      plot: plotRef,
      account: accountId,
      amount: amount.toString(),
      before: { keptMs, provedAt: provedAt.getTime(), missed },
      ...lossOf(plots.get(plotRef)!),
    }));
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
    const done = [...decided.maturing, ...decided.forfeited].map(({ plotId }) => plotId);
    for (let i = 0; i < done.length; i += 1000) {
      await manager.delete(HeldPartRow, { campaignId, plotRef: In(done.slice(i, i + 1000)) });
    }
  }
}
