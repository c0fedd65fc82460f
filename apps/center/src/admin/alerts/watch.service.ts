import { Injectable } from '@nestjs/common';
import { AuditFacts } from '../../audits/audit-facts.service.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { EpochsService } from '../../campaigns/epochs.service.js';
import type { AlertDetail } from '../../platform/alerts/alert-codes.js';
import { Alerts } from '../../platform/alerts/alerts.js';
import { Chains, type PayoutChain } from '../../platform/chains.js';
import { Clock } from '../../platform/clock.js';
import { forEach } from '../../platform/for-each.js';
import { EpochClosingService } from '../../rewards/epoch-closing.service.js';
import { ReconcileService } from '../../rewards/reconcile/reconcile.service.js';

/** An epoch is closed within seconds of its end; it may wait for a last round, and no longer than this. */
const CLOSING_MS = 3_600_000;
/** An RPC node that restarts is no alert. */
const CHAIN_PATIENCE_MS = 60_000;
const CHAIN_SUBJECT = 'payout-chain';

/** Looks whether the center does what it is there for, and says so when it does not. */
@Injectable()
export class WatchService {
  private readonly goneSince = new Map<number, number>();

  constructor(
    private readonly alerts: Alerts,
    private readonly campaigns: CampaignsService,
    private readonly epochs: EpochsService,
    private readonly audits: AuditFacts,
    private readonly closing: EpochClosingService,
    private readonly reconcile: ReconcileService,
    private readonly clock: Clock,
    private readonly chains: Chains,
  ) {}

  async look(): Promise<void> {
    const running = new Set((await this.campaigns.running()).map((campaign) => campaign.id));
    await forEach(await this.campaigns.all(), async (campaign) => {
      const stalled = running.has(campaign.id) ? await this.stalledRound(campaign) : null;
      await this.alerts.set('round_stalled', campaign.id, stalled);
      await this.alerts.set('epoch_stalled', campaign.id, await this.stalledEpoch(campaign));
      await this.alerts.set('books_differ', campaign.id, await this.difference(campaign));
    });
    await forEach(this.chains.all, (chain) => this.lookAtChain(chain));
  }

  /** No round for half as long again as there should be, or one that stays open for a round's time after its end. */
  private async stalledRound({ id, roundSeconds, startsAt }: Campaign): Promise<AlertDetail | null> {
    const { lastSentAt, oldestOpenClosesAt } = await this.audits.progress(id);
    const now = this.clock.now().getTime();
    const last = lastSentAt ?? startsAt;
    if (now - last.getTime() > roundSeconds * 1500) return { lastRoundAt: last.toISOString() };
    const late = oldestOpenClosesAt && now - oldestOpenClosesAt.getTime() > roundSeconds * 1000;
    return late ? { openSince: oldestOpenClosesAt.toISOString() } : null;
  }

  private async stalledEpoch(campaign: Campaign): Promise<AlertDetail | null> {
    const closed = await this.closing.lastClosing(campaign.id);
    const [waiting] = await this.epochs.endedAfter(campaign.id, closed?.epochIndex ?? -1);
    const patienceMs = Math.min(campaign.epochSeconds * 1000, CLOSING_MS);
    if (!waiting || this.clock.now().getTime() - waiting.endsAt.getTime() <= patienceMs) return null;
    return { epoch: String(waiting.index), endedAt: waiting.endsAt.toISOString() };
  }

  private async difference(campaign: Campaign): Promise<AlertDetail | null> {
    const last = await this.reconcile.last(campaign.id);
    const [first] = last?.differences ?? [];
    if (!last || !first) return null;
    const { books, what, ledger, other } = first;
    return { books, what, ledger, other, differences: String(last.differences.length) };
  }

  private async lookAtChain({ id, port }: PayoutChain) {
    const now = this.clock.now().getTime();
    const subject = id === this.chains.first.id ? CHAIN_SUBJECT : `${CHAIN_SUBJECT}:${id}`;
    try {
      await port.blockNumber('latest');
      this.goneSince.delete(id);
      await this.alerts.clear('chain_unreachable', subject);
    } catch {
      const gone = this.goneSince.get(id) ?? now;
      this.goneSince.set(id, gone);
      const since = new Date(gone).toISOString();
      if (now - gone >= CHAIN_PATIENCE_MS) await this.alerts.raise('chain_unreachable', subject, { since });
    }
  }
}
