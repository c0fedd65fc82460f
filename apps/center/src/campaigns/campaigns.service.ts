import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { getAddress } from 'ethers';
import { type EntityManager, In, IsNull, LessThanOrEqual, MoreThan, Not, type Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { PRESENT_RULESET } from '#libs/ruleset';
import {
  type CampaignTerms,
  ChainError,
  type ChequebookTerms,
  readCampaignTerms,
  readChequebookTerms,
} from '#libs/settlement';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { type AcceptedKind, PlotKinds } from '../platform/plot-kinds/plot-kinds.js';
import {
  Campaign,
  CampaignMember,
  type CampaignRates,
  type CampaignState,
  type PayoutKind,
} from './campaign.entity.js';
import type { CampaignRequest, CampaignView, RatesView } from './dto.js';
import { isTooShortForPlots, plotsUntil } from './last-plots.js';
import { sizeProblems, sizesPaid } from './plot-sizes.js';
import { RatesService } from './rates.service.js';

const DEFAULT_PLOT_KIND = 'chia-v1';
const DEFAULT_DISPUTE_SECONDS = 86_400;
/** Decimal places that an amount in a cheque keeps: the payout tree has 48 bits for it. */
const CHEQUE_DECIMALS = 6;
/** PostgreSQL's code. */
const UNIQUE_VIOLATION = '23505';

/** What may follow what; anything else is refused. */
const nextStates: Record<CampaignState, CampaignState[]> = {
  draft: ['active', 'closed'],
  active: ['paused', 'closed'],
  paused: ['active', 'closed'],
  closed: [],
};

/** Campaigns, their rates and their members. */
@Injectable()
export class CampaignsService {
  constructor(
    @InjectRepository(Campaign) private readonly campaigns: Repository<Campaign>,
    @InjectRepository(CampaignMember) private readonly members: Repository<CampaignMember>,
    private readonly rates: RatesService,
    private readonly clock: Clock,
    private readonly kinds: PlotKinds,
    private readonly chains: Chains,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /**
   * A new campaign with its first rates, active at once. Token, unit and chain are read from the contracts.
   * Errors: bad_request (times, retention time, k, no chequebook), plot_kind_unknown, chain_unreachable, conflict (contract and token do not
   * fit, another campaign pays from this contract, or a chequebook has paid before).
   */
  async create(request: CampaignRequest, by: string | null): Promise<Campaign> {
    const startsAt = new Date(request.startsAt);
    const endsAt = new Date(request.endsAt);
    if (!(endsAt > startsAt))
      throw new CroftError('bad_request', { problems: ['endsAt must be after startsAt'] });
    const kind = this.kinds.of(request.plotKind ?? DEFAULT_PLOT_KIND);
    if (kind.isGiven) throw new CroftError('plot_kind_unknown', { kind: kind.kind });
    const { minK, taskK } = request;
    const problems = sizeProblems({ minK, taskK, ...sizesPaid(request.rates) }, kind);
    if (taskK < minK) problems.push('taskK is below minK');
    const { plotTarget, retentionSeconds } = request;
    if (plotTarget > 0 && isTooShortForPlots({ startsAt, endsAt, retentionSeconds }))
      problems.push('retentionSeconds: no plot could be kept for so long before endsAt');
    if (this.config.SMALL_PLOTS === 'refused') problems.push(...cheatingProblems(request, kind));
    if (problems.length > 0) throw new CroftError('bad_request', { problems });
    const payoutKind = request.payoutKind ?? 'push';
    if (payoutKind === 'push' && request.disputeSeconds !== undefined)
      throw new CroftError('bad_request', { problems: ['disputeSeconds: a payout contract has its own'] });
    const chainId = request.chainId ?? this.chains.first.id;
    const terms = await this.readContracts(chainId, request.payoutContract, payoutKind);
    if (terms.token !== getAddress(request.tokenAddress)) {
      throw new CroftError('conflict', { problems: ['the payout contract pays another token'] });
    }
    const create = async (manager: EntityManager) => {
      const { rates, accountCapPerEpoch, clusterCapPerEpoch, referralCapPerEpoch, ...rest } = request;
      const campaign = await manager.save(
        manager.create(Campaign, {
          ...rest,
          plotKind: kind.kind,
          startsAt,
          endsAt,
          state: 'active',
          ruleset: PRESENT_RULESET,
          deadlineMs: request.deadlineMs ?? 20_000,
          checksPerPlotPerDay: request.checksPerPlotPerDay ?? 2,
          accountCapPerEpoch: amountOf(accountCapPerEpoch),
          clusterCapPerEpoch: amountOf(clusterCapPerEpoch),
          referralCapPerEpoch: amountOf(referralCapPerEpoch),
          payoutKind,
          disputeSeconds:
            payoutKind === 'cheques' ? (request.disputeSeconds ?? DEFAULT_DISPUTE_SECONDS) : null,
          tokenAddress: terms.token,
          payoutContract: getAddress(request.payoutContract),
          tokenSymbol: terms.symbol,
          tokenDecimals: terms.decimals,
          unitSize: terms.unitSize,
          chainId,
        }),
      );
      await this.rates.first(manager, campaign.id, startsAt, rates, by);
      return campaign;
    };
    return this.campaigns.manager.transaction(create).catch((cause) => {
      if ((cause as { code?: string }).code !== UNIQUE_VIOLATION) throw cause;
      throw new CroftError('conflict', { problems: ['another campaign pays from this contract'] });
    });
  }

  /** Whoever closes a campaign early ends it now. Errors: not_found, campaign_not_open. */
  async changeState(id: string, state: CampaignState): Promise<void> {
    const campaign = await this.byId(id);
    if (!nextStates[campaign.state].includes(state)) {
      throw new CroftError('campaign_not_open', { from: campaign.state, to: state });
    }
    const now = this.clock.now();
    const isEnding = state === 'closed' && campaign.startsAt < now && now < campaign.endsAt;
    // what it owes is decided as at any other end
    await this.campaigns.update(id, { state, pausedForFunds: false, ...(isEnding ? { endsAt: now } : {}) });
  }

  /**
   * Whether a campaign is short of money, and whether all of it is promised: then it is paused, and goes on by itself
   * once it no longer is. What an admin paused stays so.
   */
  async noteFunds(id: string, { low, exhausted }: { low: boolean; exhausted: boolean }): Promise<void> {
    const since = this.clock.now();
    if (low) await this.campaigns.update({ id, fundsLowSince: IsNull() }, { fundsLowSince: since });
    else await this.campaigns.update({ id, fundsLowSince: Not(IsNull()) }, { fundsLowSince: null });
    if (exhausted)
      await this.campaigns.update({ id, state: 'active' }, { state: 'paused', pausedForFunds: true });
    else
      await this.campaigns.update({ id, pausedForFunds: true }, { state: 'active', pausedForFunds: false });
  }

  /** Campaigns that are active and whose time is now. */
  running(): Promise<Campaign[]> {
    const now = this.clock.now();
    return this.campaigns.find({
      where: { state: 'active', startsAt: LessThanOrEqual(now), endsAt: MoreThan(now) },
      order: { createdAt: 'ASC' },
    });
  }

  /** Campaigns that had begun and whose time is over. */
  ended(): Promise<Campaign[]> {
    const now = this.clock.now();
    return this.campaigns.find({
      where: { state: Not('draft'), endsAt: LessThanOrEqual(now) },
      order: { createdAt: 'ASC' },
    });
  }

  /**
   * Running campaigns that want new plots: their retention time still fits in before the end, and there is money for more
   * than two days.
   */
  async askingForPlots(): Promise<Campaign[]> {
    const now = this.clock.now();
    return (await this.running()).filter(
      (campaign) => now < plotsUntil(campaign) && campaign.fundsLowSince === null,
    );
  }

  all(): Promise<Campaign[]> {
    return this.campaigns.find({ order: { createdAt: 'ASC' } });
  }

  /** Errors: not_found. */
  async byId(id: string): Promise<Campaign> {
    const campaign = await this.campaigns.findOneBy({ id });
    if (!campaign) throw new CroftError('not_found');
    return campaign;
  }

  async byIds(ids: string[]): Promise<Map<string, Campaign>> {
    const rows = await this.campaigns.findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Gives accounts their index in the campaign's payout contract, the next free ones; who has one keeps it. */
  async enrol(manager: EntityManager, campaignId: string, accountIds: readonly string[]): Promise<void> {
    await manager.findOneOrFail(Campaign, { where: { id: campaignId }, lock: { mode: 'pessimistic_write' } });
    const known = new Set((await manager.findBy(CampaignMember, { campaignId })).map((row) => row.accountId));
    const fresh = [...new Set(accountIds)].filter((id) => !known.has(id)).sort();
    const rows = fresh.map((accountId, i) => ({ campaignId, accountId, index: known.size + i }));
    for (let i = 0; i < rows.length; i += 1000) {
      await manager.insert(CampaignMember, rows.slice(i, i + 1000));
    }
  }

  membersOf(campaignId: string, manager: EntityManager = this.members.manager): Promise<CampaignMember[]> {
    return manager.find(CampaignMember, { where: { campaignId }, order: { index: 'ASC' } });
  }

  /** Whether an address is a token or payout contract of any campaign. */
  async contractAt(address: string): Promise<'token' | 'contract' | null> {
    if (await this.campaigns.existsBy({ tokenAddress: address })) return 'token';
    return (await this.campaigns.existsBy({ payoutContract: address })) ? 'contract' : null;
  }

  async view(campaign: Campaign): Promise<CampaignView> {
    const now = this.clock.now();
    const rates = await this.rates.at(campaign.id, now);
    const { next, waiting } = await this.rates.coming(campaign.id);
    const lastPlots = plotsUntil(campaign);
    const { id, name, state, payoutContract, epochSeconds, roundSeconds, deadlineMs } = campaign;
    const { checksPerPlotPerDay, nodeChecksPerDay, plotKind, minK, taskK, plotTarget, retentionSeconds } =
      campaign;
    return {
      id,
      name,
      state,
      token: tokenView(campaign),
      payoutKind: campaign.payoutKind,
      disputeSeconds: campaign.disputeSeconds,
      payoutContract,
      ...this.chainView(campaign.chainId),
      startsAt: campaign.startsAt.toISOString(),
      endsAt: campaign.endsAt.toISOString(),
      epochSeconds,
      roundSeconds,
      checksPerPlotPerDay,
      deadlineMs,
      nodeChecksPerDay,
      confirmAfterSeconds: campaign.confirmAfterSeconds,
      appealSeconds: campaign.appealSeconds,
      accountCapPerEpoch: campaign.accountCapPerEpoch?.toString() ?? null,
      clusterCapPerEpoch: campaign.clusterCapPerEpoch?.toString() ?? null,
      referralCapPerEpoch: campaign.referralCapPerEpoch?.toString() ?? null,
      plotKind,
      minK,
      taskK,
      plotTarget,
      retentionSeconds,
      plotsUntil: lastPlots.toISOString(),
      tooLateForPlots: plotTarget > 0 && lastPlots <= now && now < campaign.endsAt,
      rates: ratesView(rates),
      nextRates: next && next.id !== rates.id ? ratesView(next) : null,
      waitingRates: waiting ? ratesView(waiting) : null,
      fundsLowSince: campaign.fundsLowSince?.toISOString() ?? null,
      pausedForFunds: campaign.pausedForFunds,
      demo: Boolean(this.config.DEMO_SIGN_INS),
    };
  }

  /** A campaign outlives the settings of its chain. */
  private chainView(id: number) {
    const chain = this.chains.has(id) ? this.chains.get(id) : null;
    return { chainName: chain?.name ?? `chain ${id}`, explorerUrl: chain?.explorerUrl ?? null };
  }

  private async readContracts(chainId: number, payoutContract: string, kind: PayoutKind): Promise<Terms> {
    if (!this.chains.has(chainId))
      throw new CroftError('bad_request', {
        problems: [`chainId: this center does not pay on chain ${chainId}`],
      });
    const { port } = this.chains.get(chainId);
    try {
      if (kind === 'push') return await readCampaignTerms(port, payoutContract);
      return chequebookTerms(await readChequebookTerms(port, payoutContract));
    } catch (cause) {
      if (cause instanceof CroftError) throw cause;
      const isNone = kind === 'cheques' && cause instanceof ChainError && cause.code !== 'chain_unreachable';
      if (isNone)
        throw new CroftError(
          'bad_request',
          { problems: ['payoutContract: no chequebook is there'] },
          { cause },
        );
      throw new CroftError('chain_unreachable', undefined, { cause });
    }
  }
}

/** What is read of a campaign's contract when it begins. */
type Terms = Pick<CampaignTerms, 'token' | 'symbol' | 'decimals' | 'unitSize'>;

/** Cheques add up from nothing: a chequebook that has paid before, for whatever, is not begun with. */
function chequebookTerms({ token, symbol, decimals, totalPaidOut, bounced }: ChequebookTerms): Terms {
  if (totalPaidOut > 0n || bounced)
    throw new CroftError('conflict', {
      problems: ['this chequebook has paid before; a campaign needs its own'],
    });
  return { token, symbol, decimals, unitSize: 10n ** BigInt(Math.max(0, decimals - CHEQUE_DECIMALS)) };
}

/** What may not be in a campaign that pays for real: work that can be cheated. */
function cheatingProblems({ minK, roundSeconds, nodeChecksPerDay }: CampaignRequest, { k }: AcceptedKind) {
  const problems: string[] = [];
  if (minK < k.leastTrusted) problems.push(`minK: plots below k=${k.leastTrusted} can be remade in time`);
  if ((nodeChecksPerDay ?? 48) < 48) problems.push('nodeChecksPerDay: fewer than 48 find losses too late');
  if (roundSeconds > 1800)
    problems.push('roundSeconds: 48 checks a day of one plot need a round every 1800 s');
  return problems;
}

const amountOf = (text: string | undefined) => (text === undefined ? null : BigInt(text));

/** The campaign's token as every answer shows it. */
export const tokenView = (campaign: Campaign) => ({
  address: campaign.tokenAddress,
  symbol: campaign.tokenSymbol,
  decimals: campaign.tokenDecimals,
  chainId: campaign.chainId,
});

const ratesView = (rates: CampaignRates): RatesView => ({
  version: rates.version,
  effectiveAt: rates.effectiveAt.toISOString(),
  referralBps: rates.referralBps,
  plottingPerPlot: rates.plottingPerPlot,
  immediateBps: rates.immediateBps,
  storagePerPlotEquivalentHour: rates.storagePerPlotEquivalentHour.toString(),
  beePerNeighbourhoodDay: rates.beePerNeighbourhoodDay.toString(),
});
