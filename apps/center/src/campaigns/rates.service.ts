import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type EntityManager, type Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { Clock } from '../platform/clock.js';
import { PlotKinds } from '../platform/plot-kinds/plot-kinds.js';
import { Campaign, CampaignRates } from './campaign.entity.js';
import type { NewRatesRequest, RatesRequest } from './dto.js';
import { sizeProblems, sizesPaid } from './plot-sizes.js';

/** A price may rise by this part (1/10000) on one admin's word; beyond it a second one must agree. */
const ONE_ADMIN_RISE_BPS = 2_000n;
const BPS = 10_000n;

/** What campaigns pay, by version: forward only, and large rises by two admins. */
@Injectable()
export class RatesService {
  constructor(
    @InjectRepository(CampaignRates) private readonly rates: Repository<CampaignRates>,
    private readonly clock: Clock,
    private readonly kinds: PlotKinds,
  ) {}

  /** Rates that count at a moment; before the first ones begin, the first. */
  async at(campaignId: string, at: Date): Promise<CampaignRates> {
    const inForce = await this.agreed(campaignId)
      .andWhere('rates.effectiveAt <= :at', { at })
      .orderBy('rates.version', 'DESC')
      .take(1)
      .getOne();
    return inForce ?? this.rates.findOneByOrFail({ campaignId, version: 1 });
  }

  /** The next rates that are agreed and have not begun, and the newest that wait for a second admin. */
  async coming(campaignId: string): Promise<{ next: CampaignRates | null; waiting: CampaignRates | null }> {
    const now = this.clock.now();
    const next = await this.agreed(campaignId)
      .andWhere('rates.effectiveAt > :now', { now })
      .orderBy('rates.version', 'ASC')
      .take(1)
      .getOne();
    const waiting = await this.rates
      .createQueryBuilder('rates')
      .where('rates.campaignId = :campaignId AND rates.needsApproval', { campaignId })
      .andWhere('rates.approvedBy IS NULL AND rates.effectiveAt > :now', { now })
      .orderBy('rates.version', 'DESC')
      .take(1)
      .getOne();
    return { next, waiting };
  }

  /** The first rates of a campaign. */
  first(manager: EntityManager, campaignId: string, from: Date, rates: RatesRequest, by: string | null) {
    return this.add(manager, campaignId, 1, from, rates, by, false);
  }

  /** New rates from a moment that has not passed. Errors: not_found, bad_request (a size its plots do not have), rate_in_the_past. */
  async change(campaignId: string, request: NewRatesRequest, by: string): Promise<void> {
    const effectiveAt = new Date(request.effectiveAt);
    await this.rates.manager.transaction(async (manager) => {
      const campaign = await this.lock(manager, campaignId);
      const last = await this.mayFollow(manager, campaign, request);
      // what is agreed now, or will be by then: whichever is lower is what it rises from
      const steep = [await this.at(campaignId, this.clock.now()), await this.at(campaignId, effectiveAt)];
      const needsApproval = steep.some((rates) => risesSteeply(rates, request));
      await this.add(manager, campaignId, last.version + 1, effectiveAt, request, by, needsApproval);
    });
  }

  /** Whether `change` would take these rates; nothing is changed. Errors: as there. */
  async check(campaignId: string, request: NewRatesRequest): Promise<void> {
    const { manager } = this.rates;
    const campaign = await manager.findOneBy(Campaign, { id: campaignId });
    if (!campaign) throw new CroftError('not_found');
    await this.mayFollow(manager, campaign, request);
  }

  /** A second admin agrees. Errors: not_found, conflict (nothing to agree to), forbidden (the same admin), rate_in_the_past. */
  async approve(campaignId: string, version: number, by: string): Promise<void> {
    await this.rates.manager.transaction(async (manager) => {
      await this.lock(manager, campaignId);
      const rates = await manager.findOneBy(CampaignRates, { campaignId, version });
      if (!rates) throw new CroftError('not_found');
      if (!rates.needsApproval || rates.approvedBy) throw new CroftError('conflict');
      if (rates.setBy === by) throw new CroftError('forbidden');
      if (rates.effectiveAt <= this.clock.now()) throw new CroftError('rate_in_the_past');
      await manager.update(CampaignRates, rates.id, { approvedBy: by });
    });
  }

  private agreed(campaignId: string) {
    return this.rates
      .createQueryBuilder('rates')
      .where('rates.campaignId = :campaignId', { campaignId })
      .andWhere(
        new Brackets((either) =>
          either.where('NOT rates.needsApproval').orWhere('rates.approvedBy IS NOT NULL'),
        ),
      );
  }

  /** The rates that the new ones would follow. Errors: bad_request, rate_in_the_past. */
  private async mayFollow(manager: EntityManager, campaign: Campaign, request: NewRatesRequest) {
    const effectiveAt = new Date(request.effectiveAt);
    if (effectiveAt < this.clock.now()) throw new CroftError('rate_in_the_past');
    const problems = sizeProblems(sizesPaid(request), this.kinds.of(campaign.plotKind));
    if (campaign.ruleset === 'ruleset-1' && BigInt(request.beePerNeighbourhoodDay ?? 0) > 0n)
      problems.push(
        'beePerNeighbourhoodDay: this campaign is counted by ruleset-1, which knows no Bee nodes',
      );
    if (problems.length > 0) throw new CroftError('bad_request', { problems });
    const last = await manager.findOneOrFail(CampaignRates, {
      where: { campaignId: campaign.id },
      order: { version: 'DESC' },
    });
    if (last.effectiveAt > effectiveAt) throw new CroftError('rate_in_the_past', { last: last.effectiveAt });
    return last;
  }

  private async lock(manager: EntityManager, id: string) {
    const campaign = await manager.findOne(Campaign, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!campaign) throw new CroftError('not_found');
    return campaign;
  }

  private async add(
    manager: EntityManager,
    campaignId: string,
    version: number,
    effectiveAt: Date,
    rates: RatesRequest,
    setBy: string | null,
    needsApproval: boolean,
  ) {
    const { plottingPerPlot, immediateBps, storagePerPlotEquivalentHour } = rates;
    const { referralBps = 0, beePerNeighbourhoodDay = '0' } = rates;
    await manager.insert(CampaignRates, {
      campaignId,
      version,
      effectiveAt,
      plottingPerPlot,
      immediateBps,
      storagePerPlotEquivalentHour: BigInt(storagePerPlotEquivalentHour),
      referralBps,
      beePerNeighbourhoodDay: BigInt(beePerNeighbourhoodDay),
      setBy,
      needsApproval,
    });
  }
}

/** Whether any price rises by more than one admin may decide. A price that was 0 may not rise at all. */
function risesSteeply(now: CampaignRates, then: RatesRequest): boolean {
  const rises = (from: bigint, to: bigint) => to * BPS > from * (BPS + ONE_ADMIN_RISE_BPS);
  return (
    rises(now.storagePerPlotEquivalentHour, BigInt(then.storagePerPlotEquivalentHour)) ||
    rises(BigInt(now.referralBps), BigInt(then.referralBps ?? 0)) ||
    rises(now.beePerNeighbourhoodDay, BigInt(then.beePerNeighbourhoodDay ?? 0)) ||
    Object.entries(then.plottingPerPlot).some(([k, amount]) =>
      rises(BigInt(now.plottingPerPlot[k] ?? 0), BigInt(amount)),
    )
  );
}
