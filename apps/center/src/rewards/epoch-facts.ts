import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EpochFacts } from '#libs/ruleset';
import { AuditFacts } from '../audits/audit-facts.service.js';
import { PoolsService } from '../audits/standing/pools.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import { RatesService } from '../campaigns/rates.service.js';
import { PlotsService } from '../plots/plots.service.js';
import { HeldParts } from './held-parts.js';
import { LedgerService } from './ledger/ledger.service.js';
import { PeopleFacts } from './people-facts.js';

/** Gathers what an epoch's lines follow from. Plots go by their row ids, people and nodes by theirs. */
@Injectable()
export class EpochFactsReader {
  constructor(
    private readonly audits: AuditFacts,
    private readonly pools: PoolsService,
    private readonly held: HeldParts,
    private readonly people: PeopleFacts,
    private readonly plots: PlotsService,
    private readonly rates: RatesService,
    private readonly ledger: LedgerService,
  ) {}

  async read(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<EpochFacts> {
    const rates = await this.rates.at(campaign.id, epoch.startsAt);
    const accepted = await this.plots.acceptedWithin(manager, campaign.id, epoch.startsAt, epoch.endsAt);
    const custodies = await this.plots.custodiesWithin(manager, campaign.id, epoch.startsAt, epoch.endsAt);
    const balances = await this.ledger.campaignBalances(campaign.id, manager);
    return {
      epochIndex: epoch.index,
      epochSeconds: campaign.epochSeconds,
      caps: {
        perAccount: campaign.accountCapPerEpoch,
        perCluster: campaign.clusterCapPerEpoch,
        referralPerAccount: campaign.referralCapPerEpoch,
      },
      accounts: await this.people.facts(manager, campaign, rates.referralBps),
      rates: {
        referralBps: rates.referralBps,
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
      pools: await this.pools.before(manager, campaign.id),
      tries: await this.pools.within(manager, epoch.id),
      ...(await this.held.decided(manager, campaign, epoch)),
    };
  }
}
