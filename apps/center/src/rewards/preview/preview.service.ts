import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { canonicalBytes } from '#libs/protocol';
import type { Rates } from '#libs/ruleset';
import { AccountsService } from '../../accounts/accounts.service.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import type { RatesRequest } from '../../campaigns/dto.js';
import { RatesService } from '../../campaigns/rates.service.js';
import { Clock } from '../../platform/clock.js';
import { EpochClosingService } from '../epoch-closing.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { budgetEnd } from './budget-end.js';
import type { PreviewAnswer, PreviewRequest } from './dto.js';
import type { PreviewResult } from './preview-job.js';
import { PreviewRunner } from './preview-runner.js';

const REPLAYED_MS = 30 * 86_400_000;
/** With shorter epochs than those of a real campaign, the newest of them. */
const MOST_EPOCHS = 3_000;
/** Results that are kept for turning pages, and for how long. */
const KEPT = 4;
const KEPT_MS = 10 * 60_000;

const nothing: PreviewResult = {
  epochs: 0,
  from: null,
  until: null,
  coveredMs: 0,
  total: 0n,
  booked: 0n,
  wanted: 0n,
  cutEpochs: 0,
  accounts: [],
};

/** What the last 30 days would have come to under rates that nobody has published yet. */
@Injectable()
export class PreviewService {
  private readonly kept = new Map<string, { at: number; result: Promise<PreviewResult> }>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly rates: RatesService,
    private readonly closings: EpochClosingService,
    private readonly ledger: LedgerService,
    private readonly accounts: AccountsService,
    private readonly runner: PreviewRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * Errors: those of publishing the rates (not_found, bad_request, rate_in_the_past), rate_limited when several previews
   * wait already, preview_too_large.
   */
  async preview(campaignId: string, request: PreviewRequest): Promise<PreviewAnswer> {
    const campaign = await this.campaigns.byId(campaignId);
    await this.rates.check(campaignId, request);
    const result = await this.replayed(campaign, request);
    const { limit = 50, offset = 0 } = request;
    const rows = result.accounts.slice(offset, offset + limit);
    const names = await this.accounts.names(rows.map((row) => row.account));
    const { 'campaign:funded': available } = await this.ledger.campaignBalances(campaignId);
    const { perDay, endsAt, lastsToEnd } = budgetEnd({
      available,
      now: this.clock.now().getTime(),
      draftFrom: new Date(request.effectiveAt).getTime(),
      campaignEndsAt: campaign.endsAt.getTime(),
      present: { amount: result.booked, overMs: result.coveredMs },
      draft: { amount: result.wanted, overMs: result.coveredMs },
    });
    return {
      from: timeText(result.from),
      until: timeText(result.until),
      epochs: result.epochs,
      cutEpochs: result.cutEpochs,
      replayed: result.total.toString(),
      booked: result.booked.toString(),
      difference: (result.total - result.booked).toString(),
      budget: {
        available: available.toString(),
        perDay: perDay?.toString() ?? null,
        endsAt: timeText(endsAt),
        lastsToEnd,
      },
      contributors: result.accounts.length,
      items: rows.map(({ account, replayed, booked }) => ({
        accountId: account,
        name: names.get(account) ?? '',
        replayed: replayed.toString(),
        booked: booked.toString(),
        difference: (replayed - booked).toString(),
      })),
      next: offset + limit < result.accounts.length ? offset + limit : null,
    };
  }

  /** The same draft on the same epochs is replayed once. */
  private async replayed(campaign: Campaign, request: RatesRequest): Promise<PreviewResult> {
    const last = await this.closings.lastClosing(campaign.id);
    if (!last) return nothing;
    const lastEpoch = last.epochIndex;
    const count = Math.ceil(REPLAYED_MS / (campaign.epochSeconds * 1000));
    const firstEpoch = Math.max(0, lastEpoch - Math.min(count, MOST_EPOCHS) + 1);
    const { plottingPerPlot, immediateBps, storagePerPlotEquivalentHour } = request;
    const { referralBps = 0, beePerNeighbourhoodDay = '0' } = request;
    const draft = {
      plottingPerPlot,
      immediateBps,
      storagePerPlotEquivalentHour,
      referralBps,
      beePerNeighbourhoodDay,
    };
    const key = createHash('sha256')
      .update(canonicalBytes([campaign.id, lastEpoch, draft]))
      .digest('hex');
    const now = this.clock.now().getTime();
    const known = this.kept.get(key);
    if (known && now - known.at < KEPT_MS) return known.result;
    const result = this.runner.run({
      databaseUrl: (this.database.options as { url: string }).url,
      campaignId: campaign.id,
      ruleset: campaign.ruleset,
      rates: ratesOf(draft),
      firstEpoch,
      lastEpoch,
    });
    this.kept.delete(key);
    this.kept.set(key, { at: now, result });
    result.catch(() => this.kept.delete(key));
    for (const oldest of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(oldest);
    return result;
  }
}

const ratesOf = (draft: Required<RatesRequest>): Rates => ({
  // a draft has none yet
  version: 0,
  plottingPerPlot: Object.fromEntries(
    Object.entries(draft.plottingPerPlot).map(([k, amount]) => [k, BigInt(amount)]),
  ),
  immediateBps: draft.immediateBps,
  storagePerPlotEquivalentHour: BigInt(draft.storagePerPlotEquivalentHour),
  referralBps: draft.referralBps,
  beePerNeighbourhoodDay: BigInt(draft.beePerNeighbourhoodDay),
});

const timeText = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
