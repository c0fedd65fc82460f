import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EpochFacts, Maturing } from '#libs/ruleset';
import { AuditFacts } from '../audits/audit-facts.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { PlotsService } from '../plots/plots.service.js';
import { LedgerService } from './ledger/ledger.service.js';
import { RewardLineRow } from './reward.entity.js';

/** Gathers what an epoch's lines follow from. Plots go by their row ids, people and nodes by theirs. */
@Injectable()
export class EpochFactsReader {
  constructor(
    private readonly audits: AuditFacts,
    private readonly plots: PlotsService,
    private readonly campaigns: CampaignsService,
    private readonly ledger: LedgerService,
  ) {}

  async read(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<EpochFacts> {
    const rates = await this.campaigns.ratesAt(campaign.id, epoch.startsAt);
    const accepted = await this.plots.acceptedWithin(manager, campaign.id, epoch.startsAt, epoch.endsAt);
    const custodies = await this.plots.custodiesWithin(manager, campaign.id, epoch.startsAt, epoch.endsAt);
    const balances = await this.ledger.campaignBalances(campaign.id, manager);
    return {
      epochIndex: epoch.index,
      rates: {
        version: rates.version,
        plottingPerPlot: Object.fromEntries(
          Object.entries(rates.plottingPerPlot).map(([k, amount]) => [k, BigInt(amount)]),
        ),
        immediateBps: rates.immediateBps,
        storagePerPlotEquivalentHour: rates.storagePerPlotEquivalentHour,
      },
      available: balances['campaign:funded'],
      accepted: accepted.map(({ id, k, accountId, nodeId }) => ({
        plotId: id,
        k,
        account: accountId,
        node: nodeId,
      })),
      custodies: custodies.map(({ plot, accountId, nodeId, fromAt, untilAt }) => ({
        plotId: plot.id,
        k: plot.k,
        account: accountId,
        node: nodeId,
        // a plot counts from its acceptance on, at whatever keeper
        fromMs: Math.max(fromAt.getTime(), plot.acceptedAt!.getTime(), epoch.startsAt.getTime()),
        untilMs: Math.max(
          Math.max(fromAt.getTime(), plot.acceptedAt!.getTime(), epoch.startsAt.getTime()),
          Math.min(untilAt?.getTime() ?? epoch.endsAt.getTime(), epoch.endsAt.getTime()),
        ),
      })),
      checks: Object.fromEntries(await this.audits.byNode(manager, epoch.id)),
      networkWeightBps: {},
      maturing: await this.maturing(manager, campaign, epoch),
    };
  }

  /** Held parts of plots that are still accepted when their retention time has passed. */
  private async maturing(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<Maturing[]> {
    const held = await manager
      .createQueryBuilder(RewardLineRow, 'held')
      .where(`held.campaignId = :campaign AND held.kind = 'plotting-held'`, { campaign: campaign.id })
      .andWhere(
        `NOT EXISTS (SELECT 1 FROM reward_lines r WHERE r."plotId" = held."plotId" AND r.kind = 'plotting-release')`,
      )
      .andWhere('held.at <= :until', {
        until: new Date(epoch.endsAt.getTime() - campaign.retentionSeconds * 1000),
      })
      .getMany();
    const plots = await this.plots.byRefs(
      held.map((line) => line.plotId!),
      manager,
    );
    return held
      .filter((line) => plots.get(line.plotId!)?.state === 'accepted')
      .map((line) => ({ plotId: line.plotId!, account: line.accountId, amount: line.amount }));
  }
}
