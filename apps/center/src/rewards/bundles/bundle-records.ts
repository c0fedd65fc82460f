import {
  type Account,
  type BeeRules,
  type Custody as CustodyRecord,
  formatOf,
  type Plot as PlotRecord,
  type Policy,
} from '#libs/bundle';
import type { AccountFacts } from '#libs/ruleset';
import type { Campaign, CampaignRates, Epoch } from '../../campaigns/campaign.entity.js';
import type { Custody, Plot } from '../../plots/plot.entity.js';

const textOf = (amount: bigint | null) => amount?.toString() ?? null;

/** The terms of an epoch as its bundle has them. */
export function policyRecord(
  campaign: Campaign,
  epoch: Epoch,
  rates: CampaignRates,
  available: bigint,
  bees: BeeRules | null,
): Policy {
  const isFirst = formatOf(campaign.ruleset) === 'croft/bundle/1';
  return {
    campaign: {
      id: campaign.id,
      name: campaign.name,
      tokenAddress: campaign.tokenAddress,
      tokenSymbol: campaign.tokenSymbol,
      tokenDecimals: campaign.tokenDecimals,
      chainId: campaign.chainId,
      payoutContract: campaign.payoutContract,
      unitSize: campaign.unitSize.toString(),
      epochSeconds: campaign.epochSeconds,
      roundSeconds: campaign.roundSeconds,
      checksPerPlotPerDay: campaign.checksPerPlotPerDay,
      nodeChecksPerDay: campaign.nodeChecksPerDay,
      deadlineMs: campaign.deadlineMs,
      plotKind: campaign.plotKind,
      minK: campaign.minK,
      retentionSeconds: campaign.retentionSeconds,
      confirmAfterSeconds: campaign.confirmAfterSeconds,
      appealSeconds: campaign.appealSeconds,
      ...(isFirst ? {} : { endsAt: campaign.endsAt.getTime(), payoutKind: campaign.payoutKind }),
    },
    epoch: {
      index: epoch.index,
      startsAt: epoch.startsAt.getTime(),
      endsAt: epoch.endsAt.getTime(),
      secret: epoch.secret.toString('hex'),
      secretHash: epoch.secretHash.toString('hex'),
    },
    rates: {
      version: rates.version,
      plottingPerPlot: rates.plottingPerPlot,
      immediateBps: rates.immediateBps,
      storagePerPlotEquivalentHour: rates.storagePerPlotEquivalentHour.toString(),
      referralBps: rates.referralBps,
      ...(isFirst ? {} : { beePerNeighbourhoodDay: rates.beePerNeighbourhoodDay.toString() }),
    },
    caps: {
      perAccount: textOf(campaign.accountCapPerEpoch),
      perCluster: textOf(campaign.clusterCapPerEpoch),
      referralPerAccount: textOf(campaign.referralCapPerEpoch),
    },
    available: available.toString(),
    ...(isFirst ? {} : { bees }),
  };
}

export const plotRecord = ({ id, plotId, kind, k, accountId, nodeId, acceptedAt }: Plot): PlotRecord => ({
  plot: id,
  plotId,
  kind,
  k,
  account: accountId,
  node: nodeId,
  acceptedAt: acceptedAt?.getTime() ?? null,
});

export const custodyRecord = (custody: Custody): CustodyRecord => ({
  plot: custody.plotRef,
  node: custody.nodeId,
  account: custody.accountId,
  from: custody.fromAt.getTime(),
  until: custody.untilAt?.getTime() ?? null,
  storing: custody.storing,
});

export const accountRecords = (ids: Iterable<string>, facts: Record<string, AccountFacts>): Account[] =>
  [...new Set([...ids, ...Object.keys(facts)])].map((account) => ({
    account,
    cluster: facts[account]?.cluster ?? null,
    referrer: facts[account]?.referrer ?? null,
  }));
