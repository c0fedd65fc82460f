import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HeldPart } from '#libs/ruleset';
import { DoubtsService } from '../audits/standing/doubts.service.js';
import { StandingService } from '../audits/standing/standing.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import type { Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import { RewardLineRow } from './reward.entity.js';

type Fate = 'wait' | 'release' | 'forfeit';

/** The held parts of plotting rewards, and what becomes of them. */
@Injectable()
export class HeldParts {
  constructor(
    private readonly plots: PlotsService,
    private readonly doubts: DoubtsService,
    private readonly standings: StandingService,
  ) {}

  /** Those whose fate is decided by the end of an epoch. */
  async decided(
    manager: EntityManager,
    campaign: Campaign,
    epoch: Epoch,
  ): Promise<{ maturing: HeldPart[]; forfeited: HeldPart[] }> {
    const held = await manager
      .createQueryBuilder(RewardLineRow, 'held')
      .where(`held.campaignId = :campaign AND held.kind = 'plotting-held'`, { campaign: campaign.id })
      .andWhere(
        `NOT EXISTS (SELECT 1 FROM reward_lines r WHERE r."plotId" = held."plotId"
          AND r.kind IN ('plotting-release', 'plotting-forfeit'))`,
      )
      .orderBy('held.plotId')
      .getMany();
    const refs = held.map((line) => line.plotId!);
    const plots = await this.plots.byRefs(refs, manager);
    const losses = await this.doubts.losses(manager, refs);
    const open = await this.doubts.open(manager, refs);
    const appeals = await this.standings.ofLosses(manager, [...losses.keys()]);
    const fateOf = (line: RewardLineRow, plot: Plot): Fate => {
      const matured = line.at.getTime() + campaign.retentionSeconds * 1000 <= epoch.endsAt.getTime();
      const loss = losses.get(plot.id);
      const appeal = appeals.get(plot.id);
      // who has passed a plot on does not answer for its new keeper
      const own = loss?.nodeId === plot.nodeId && plot.state === 'lost';
      if (!own || appeal?.excused) {
        const doubted = open.get(plot.id)?.nodeId === plot.nodeId;
        return matured && !doubted && plot.state !== 'rejected' ? 'release' : 'wait';
      }
      if (appeal?.appealedAt && !appeal.answeredAt) return 'wait';
      const final = loss.closedAt!.getTime() + campaign.appealSeconds * 1000;
      return final <= epoch.endsAt.getTime() ? 'forfeit' : 'wait';
    };
    const withFate = (fate: Fate) =>
      held
        .filter((line) => fateOf(line, plots.get(line.plotId!)!) === fate)
        .map((line) => ({ plotId: line.plotId!, account: line.accountId, amount: line.amount }));
    return { maturing: withFate('release'), forfeited: withFate('forfeit') };
  }
}
