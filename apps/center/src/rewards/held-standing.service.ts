import { Injectable } from '@nestjs/common';
import { holdingTimes } from '#libs/ruleset';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { EpochsService } from '../campaigns/epochs.service.js';
import type { HeldPartsAnswer, HeldPartView } from './dto.js';
import { EpochClosingService } from './epoch-closing.service.js';
import { HeldParts, type WaitingPart } from './held-parts.js';

/** Most that one answer names. */
const MOST = 200;

/** How a contributor's held parts stand: which wait for their time only, and which for something else. */
@Injectable()
export class HeldStanding {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly epochs: EpochsService,
    private readonly closings: EpochClosingService,
    private readonly parts: HeldParts,
  ) {}

  /** Errors: not_found (campaign) */
  async of(accountId: string, campaignId: string): Promise<HeldPartsAnswer> {
    const campaign = await this.campaigns.byId(campaignId);
    const times = holdingTimes(campaign);
    const waiting = await this.parts.waiting(campaign, accountId);
    const last = await this.closings.lastClosing(campaign.id);
    const epoch = last && (await this.epochs.byIds([last.epochId])).get(last.epochId);
    // what came after the last closed epoch is not counted yet
    const knownUntil = epoch?.endsAt.getTime() ?? 0;
    // a campaign's end decides what waits for its time only
    const settledAt = campaign.ruleset === 'ruleset-1' ? Number.POSITIVE_INFINITY : campaign.endsAt.getTime();
    const running: number[] = [];
    let runningAmount = 0n;
    let putOffAmount = 0n;
    const putOff: HeldPartView[] = [];
    for (const part of waiting) {
      const { keptMs, provedAt, amount } = part.row;
      const remainingMs = Math.max(0, times.retentionMs - keptMs);
      const standsStill = knownUntil - provedAt.getTime() > times.longestGapMs;
      const reason = part.why ?? (standsStill ? 'unproved' : null);
      if (reason === null) {
        running.push(Math.min(provedAt.getTime() + remainingMs, settledAt));
        runningAmount += amount;
        continue;
      }
      putOffAmount += amount;
      const absentAt = new Date(provedAt.getTime() + times.absentMs);
      putOff.push(viewOf(part, reason, part.why === null ? absentAt : part.until, remainingMs));
    }
    const nextAt = running.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
    return {
      running: running.length,
      runningAmount: runningAmount.toString(),
      nextAt: running.length > 0 ? new Date(nextAt).toISOString() : null,
      putOff: putOff.length,
      putOffAmount: putOffAmount.toString(),
      items: putOff.slice(0, MOST),
    };
  }
}

function viewOf(
  { plot, row }: WaitingPart,
  reason: HeldPartView['reason'],
  until: Date | null,
  remainingMs: number,
): HeldPartView {
  return {
    plotId: plot.plotId,
    k: plot.k,
    amount: row.amount.toString(),
    reason,
    until: until?.toISOString() ?? null,
    provedAt: row.provedAt.toISOString(),
    missed: row.missed,
    remainingMs,
  };
}
