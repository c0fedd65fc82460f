import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import type { Check } from '../audits/audit.entity.js';
import { AuditFacts } from '../audits/audit-facts.service.js';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import { Clock } from '../platform/clock.js';
import { pageOf } from '../platform/paging.js';
import { PlotsService } from '../plots/plots.service.js';
import type {
  CampaignFunds,
  CheckView,
  DaysQuery,
  EarningsDays,
  EarningsSummary,
  LinesQuery,
  RewardLineDetail,
  RewardLinesPage,
  RewardLineView,
} from './dto.js';
import { LedgerService } from './ledger/ledger.service.js';
import { RewardLineRow } from './reward.entity.js';

const EVIDENCE = 200;

/** What people earned, and why. */
@Injectable()
export class EarningsService {
  constructor(
    @InjectRepository(RewardLineRow) private readonly lines: Repository<RewardLineRow>,
    private readonly ledger: LedgerService,
    private readonly campaigns: CampaignsService,
    private readonly plots: PlotsService,
    private readonly audits: AuditFacts,
    private readonly clock: Clock,
  ) {}

  async summary(accountId: string): Promise<EarningsSummary> {
    const campaigns = await this.campaigns.all();
    return {
      campaigns: await Promise.all(
        campaigns.map(async (campaign) => {
          const balances = await this.ledger.balances(campaign.id, accountId);
          return {
            campaignId: campaign.id,
            campaignName: campaign.name,
            token: tokenView(campaign),
            held: balances['contributor:held'].toString(),
            released: balances['contributor:released'].toString(),
            published: balances['contributor:published'].toString(),
            paid: balances['contributor:paid'].toString(),
          };
        }),
      ),
    };
  }

  async funds(campaignId: string): Promise<CampaignFunds> {
    const balances = await this.ledger.campaignBalances(campaignId);
    return {
      funded: balances['campaign:funded'].toString(),
      committed: balances['campaign:committed'].toString(),
      held: balances['contributor:held'].toString(),
      released: balances['contributor:released'].toString(),
      published: balances['contributor:published'].toString(),
      paid: balances['contributor:paid'].toString(),
    };
  }

  /** Sums by UTC day. A release is not a new earning, so the days add up to all that was earned. */
  async days(accountId: string, { campaignId, days }: DaysQuery): Promise<EarningsDays> {
    const since = new Date(this.clock.now().getTime() - days * 86_400_000);
    const rows = await this.lines
      .createQueryBuilder('line')
      .select(`to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`, 'day')
      .addSelect(
        `COALESCE(SUM(line.amount) FILTER (WHERE line.kind IN ('plotting', 'plotting-held')), 0)`,
        'plotting',
      )
      .addSelect(
        `COALESCE(SUM(line.amount) FILTER (WHERE line.kind IN ('storage', 'bee-node')), 0)`,
        'storage',
      )
      .addSelect(`COALESCE(SUM(line.amount) FILTER (WHERE line.kind = 'referral'), 0)`, 'referral')
      .addSelect(`COALESCE(SUM(line.amount) FILTER (WHERE line.kind = 'plotting-forfeit'), 0)`, 'forfeited')
      .where('line.accountId = :accountId AND line.campaignId = :campaignId AND line.at >= :since', {
        accountId,
        campaignId,
        since,
      })
      .groupBy('day')
      .orderBy('day')
      .getRawMany<{ day: string; plotting: string; storage: string; referral: string; forfeited: string }>();
    return {
      items: rows.map(({ day, plotting, storage, referral, forfeited }) => {
        const other = BigInt(referral) - BigInt(forfeited);
        const total = BigInt(plotting) + BigInt(storage) + other;
        return { day, plotting, storage, other: other.toString(), total: total.toString() };
      }),
    };
  }

  async page(accountId: string, { campaignId, day, ...page }: LinesQuery): Promise<RewardLinesPage> {
    const query = this.lines
      .createQueryBuilder('line')
      .where('line.accountId = :accountId AND line.campaignId = :campaignId', { accountId, campaignId });
    if (day) {
      const from = new Date(`${day}T00:00:00Z`);
      if (Number.isNaN(from.getTime())) throw new CroftError('bad_request', { problems: ['day'] });
      query.andWhere('line.at >= :from AND line.at < :until', {
        from,
        until: new Date(from.getTime() + 86_400_000),
      });
    }
    const { items: rows, next } = await pageOf(query, 'at', page);
    const plots = await this.plots.byRefs(rows.flatMap((row) => row.plotId ?? []));
    return { items: rows.map((row) => lineView(row, plots.get(row.plotId ?? '')?.plotId)), next };
  }

  /** One line with the checks behind it. Errors: not_found, also for another's line. */
  async detail(accountId: string, id: string): Promise<RewardLineDetail> {
    const row = await this.lines.findOneBy({ id, accountId });
    if (!row) throw new CroftError('not_found');
    const checks = await this.evidenceOf(row);
    const plots = await this.plots.byRefs(
      [...checks.map((check) => check.plotRef), row.plotId ?? ''].filter(Boolean),
    );
    return {
      ...lineView(row, plots.get(row.plotId ?? '')?.plotId),
      evidence: checks.flatMap((check) => checkView(check, plots.get(check.plotRef)!.plotId)),
    };
  }

  /** The checks behind a line. A referral's are those of other people's lines; a Bee node's are no checks of rounds. */
  private async evidenceOf({ kind, plotId, nodeId, epochId }: RewardLineRow): Promise<Check[]> {
    if (kind === 'bee-node') return [];
    if (plotId) return this.audits.acceptanceOf(plotId, EVIDENCE);
    return nodeId ? this.audits.ofNodeInEpoch(nodeId, epochId, EVIDENCE) : [];
  }
}

function lineView(row: RewardLineRow, plotId: string | undefined): RewardLineView {
  const { id, epochIndex, kind, quantity, unit, rate } = row;
  const reason = plotId ? { ...row.reason, plotId } : row.reason;
  return {
    id,
    at: row.at.toISOString(),
    epochIndex,
    kind,
    amount: row.amount.toString(),
    quantity,
    unit,
    rate,
    reason,
  };
}

function checkView(check: Check, plotId: string): CheckView[] {
  if (!check.verdict) return [];
  return [
    {
      roundId: check.roundId,
      roundIndex: check.round.index,
      plotId,
      verdict: check.verdict,
      sentAt: check.sentAt.toISOString(),
      receivedAt: check.receivedAt?.toISOString() ?? null,
      answerMs: check.receivedAt ? check.receivedAt.getTime() - check.sentAt.getTime() : null,
      subIndex: check.subIndex,
      proof: check.proof,
      beacon: check.round.beacon,
    },
  ];
}
