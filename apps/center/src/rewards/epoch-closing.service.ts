import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type EpochFacts,
  type EpochOutcome,
  fractionOf,
  isFarBelow,
  type Pools,
  type RewardLine,
} from '#libs/ruleset';
import { AuditFacts } from '../audits/audit-facts.service.js';
import { PoolsService } from '../audits/standing/pools.service.js';
import { StandingService } from '../audits/standing/standing.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { EpochsService } from '../campaigns/epochs.service.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { Bundler } from './bundles/bundler.js';
import { HeldParts } from './held-parts.js';
import { LedgerService, type Move } from './ledger/ledger.service.js';
import { EpochWorks } from './preview/epoch-works.service.js';
import { EpochClosing, RewardLineRow } from './reward.entity.js';

/** Time for a round begun in an epoch's last moment to be written. */
const SETTLE_MS = 1_000;

/** Where each kind of line moves money. */
const moveOf: Record<RewardLine['kind'], Pick<Move, 'from' | 'to'>> = {
  plotting: { from: 'campaign:committed', to: 'contributor:released' },
  storage: { from: 'campaign:committed', to: 'contributor:released' },
  'bee-node': { from: 'campaign:committed', to: 'contributor:released' },
  'plotting-held': { from: 'campaign:committed', to: 'contributor:held' },
  'plotting-release': { from: 'contributor:held', to: 'contributor:released' },
  // what a contributor forfeits can be promised again
  'plotting-forfeit': { from: 'contributor:held', to: 'campaign:funded' },
  referral: { from: 'campaign:committed', to: 'contributor:released' },
};

/** Turns ended epochs into reward lines and books them, each exactly once, in order. */
@Injectable()
export class EpochClosingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly epochs: EpochsService,
    private readonly audits: AuditFacts,
    private readonly pools: PoolsService,
    private readonly standings: StandingService,
    private readonly bundler: Bundler,
    private readonly held: HeldParts,
    private readonly works: EpochWorks,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async closeEnded(): Promise<void> {
    const going = [...(await this.campaigns.running()), ...(await this.settling())];
    await forEach(going, (campaign) => this.epochs.current(campaign));
    await forEach(await this.campaigns.all(), (campaign) => this.closeEndedOf(campaign));
  }

  /** Campaigns that have ended, and some of whose held parts are still to be decided. */
  private async settling(): Promise<Campaign[]> {
    const waiting = await this.held.campaigns();
    return (await this.campaigns.ended()).filter(
      ({ id, ruleset }) => ruleset !== 'ruleset-1' && waiting.has(id),
    );
  }

  /** Closings of a campaign by epoch, oldest first. */
  closings(campaignId: string): Promise<EpochClosing[]> {
    return this.database
      .getRepository(EpochClosing)
      .find({ where: { campaignId }, order: { epochIndex: 'ASC' } });
  }

  /** The newest closings, newest first. */
  newest(campaignId: string, count: number): Promise<EpochClosing[]> {
    return this.database
      .getRepository(EpochClosing)
      .find({ where: { campaignId }, order: { epochIndex: 'DESC' }, take: count });
  }

  /** The newest closing, or null. */
  async lastClosing(campaignId: string): Promise<EpochClosing | null> {
    const [last] = await this.newest(campaignId, 1);
    return last ?? null;
  }

  private async closeEndedOf(campaign: Campaign) {
    const last = await this.lastClosing(campaign.id);
    const now = this.clock.now().getTime();
    for (const epoch of await this.epochs.endedAfter(campaign.id, last?.epochIndex ?? -1)) {
      if (now < epoch.endsAt.getTime() + SETTLE_MS) return;
      const closed = await this.database.transaction((manager) => this.close(manager, campaign, epoch));
      // a later epoch waits for an earlier one: the budget is spent in order
      if (!closed) return;
    }
  }

  private async close(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<boolean> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
    if (await manager.existsBy(EpochClosing, { epochId: epoch.id })) return true;
    if (!(await this.audits.settled(manager, epoch.id))) return false;
    const { facts, outcome, manifestHash } = await this.bundler.build(manager, campaign, epoch);
    await this.record(manager, campaign, epoch, facts, outcome, manifestHash);
    await this.works.keep(manager, campaign, epoch, facts, outcome);
    await this.pools.save(manager, campaign.id, outcome.pools);
    await this.held.save(manager, campaign.id, outcome);
    await this.tellReduced(manager, facts, outcome.pools);
    this.log.log('epoch closed', {
      campaign: campaign.name,
      epoch: epoch.index,
      lines: outcome.lines.length,
    });
    return true;
  }

  /** Nodes whose tries say that they certainly keep their plots in part only are told so, and why. */
  private async tellReduced(manager: EntityManager, { custodies }: EpochFacts, { nodes }: Pools) {
    const accountOf = new Map(custodies.map(({ node, account }) => [node, account]));
    for (const [nodeId, pool] of Object.entries(nodes)) {
      const accountId = accountOf.get(nodeId);
      const { reduced, ...fraction } = fractionOf(pool);
      if (!reduced || !accountId) continue;
      const weight = isFarBelow(pool) ? 'grave' : 'warning';
      const evidence = { fraction: { ...fraction, ...pool } };
      await this.standings.foundOnce(manager, { nodeId, accountId, cause: 'kept_in_part', weight, evidence });
    }
  }

  private async record(
    manager: EntityManager,
    campaign: Campaign,
    epoch: Epoch,
    facts: EpochFacts,
    { lines, accrued, ruleset }: EpochOutcome,
    dataHash: string,
  ) {
    await manager.insert(EpochClosing, {
      epochId: epoch.id,
      campaignId: campaign.id,
      epochIndex: epoch.index,
      ruleset,
      ratesVersion: facts.rates.version,
      accrued,
      dataHash,
      closedAt: this.clock.now(),
    });
    const rows = lines.map(({ account, node, ...line }) => ({
      ...line,
      accountId: account,
      nodeId: node,
      campaignId: campaign.id,
      epochId: epoch.id,
      epochIndex: epoch.index,
      at: epoch.endsAt,
    }));
    for (let i = 0; i < rows.length; i += 1000) await manager.insert(RewardLineRow, rows.slice(i, i + 1000));
    await this.ledger.book(manager, campaign, 'commit', `commit:${epoch.id}`, [
      { from: 'campaign:funded', to: 'campaign:committed', owner: null, amount: accrued },
    ]);
    await this.ledger.book(
      manager,
      campaign,
      'accrue',
      `accrue:${epoch.id}`,
      lines.map(({ kind, account, amount }) => ({ ...moveOf[kind], owner: account, amount })),
    );
  }
}
