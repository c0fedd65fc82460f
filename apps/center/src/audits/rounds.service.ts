import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Brackets, DataSource, type EntityManager, IsNull } from 'typeorm';
import { beaconOf, bytesToHex, EVERY_PLOT, hexToBytes, isDue, lotOf, type RoundKind } from '#libs/protocol';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { EpochsService } from '../campaigns/epochs.service.js';
import { CHAIN, type Chain } from '../platform/chain.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import type { Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import { Check, Round } from './audit.entity.js';

/** After its deadline a round takes answers in, as late, for this long. */
const GRACE_MS = 2_000;

interface Duty {
  plot: Plot;
  nodeId: string;
  accountId: string;
}

/** Sending rounds out and closing them. */
@Injectable()
export class RoundsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly epochs: EpochsService,
    private readonly plots: PlotsService,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(CHAIN) private readonly chain: Chain,
  ) {}

  /** One broadcast round for each campaign whose time has come. */
  async broadcastDue(): Promise<void> {
    await forEach(await this.campaigns.running(), async (campaign) => {
      const [last] = await this.database.getRepository(Round).find({
        where: { campaignId: campaign.id, kind: 'broadcast' },
        order: { sentAt: 'DESC' },
        take: 1,
      });
      const dueAt = (last?.sentAt.getTime() ?? 0) + campaign.roundSeconds * 1000;
      if (this.clock.now().getTime() >= dueAt) await this.broadcast(campaign);
    });
  }

  /** A round about one plot at one node, before it counts or changes hands. */
  async challenge(campaign: Campaign, kind: Exclude<RoundKind, 'broadcast'>, duty: Duty): Promise<Round> {
    const round = await this.open(campaign, kind, EVERY_PLOT, [duty], duty.plot.id);
    this.sockets.send(duty.nodeId, 'round', this.message(round, duty.plot.plotId));
    return round;
  }

  /** Sends a node that has just connected the rounds that are still open and that it has not answered. */
  async resendOpen(nodeId: string): Promise<void> {
    const now = this.clock.now();
    const open = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .innerJoinAndSelect('check.round', 'round')
      .where('check.nodeId = :nodeId AND check.verdict IS NULL', { nodeId })
      .andWhere('round.closedAt IS NULL AND round.deadlineAt > :now', { now })
      .getMany();
    const rounds = new Map(open.map((check) => [check.roundId, check]));
    const plots = await this.plots.byRefs(open.map((check) => check.plotRef));
    for (const { round, plotRef } of rounds.values()) {
      const only = round.onlyPlot ? plots.get(plotRef)!.plotId : null;
      this.sockets.send(nodeId, 'round', this.message(round, only));
    }
  }

  /** Closes every round whose time is over, or that everybody answered: checks without an answer are silent. */
  async closeDue(): Promise<void> {
    const over = await this.database
      .getRepository(Round)
      .createQueryBuilder('round')
      .where('round.closedAt IS NULL')
      .andWhere(
        new Brackets((either) =>
          either
            .where('round.closesAt <= :now', { now: this.clock.now() })
            .orWhere(
              'NOT EXISTS (SELECT 1 FROM checks c WHERE c."roundId" = round.id AND c.verdict IS NULL)',
            ),
        ),
      )
      .orderBy('round.closesAt')
      .take(500)
      .getMany();
    for (const round of over) {
      await this.database.transaction(async (manager) => {
        await manager.findOneOrFail(Round, { where: { id: round.id }, lock: { mode: 'pessimistic_write' } });
        await manager.update(Check, { roundId: round.id, verdict: IsNull() }, { verdict: 'silent' });
        await manager.update(Round, round.id, { closedAt: this.clock.now() });
      });
    }
  }

  private async broadcast(campaign: Campaign): Promise<void> {
    const share = (campaign.checksPerPlotPerDay * campaign.roundSeconds) / 86_400;
    const threshold = Math.min(EVERY_PLOT, Math.ceil(share * EVERY_PLOT));
    const kept = await this.plots.inCustody(campaign.id);
    const duties = kept.map(({ plot, custody }) => ({
      plot,
      nodeId: custody.nodeId,
      accountId: custody.accountId,
    }));
    const round = await this.open(campaign, 'broadcast', threshold, duties, null);
    this.sockets.broadcast('round', this.message(round, null));
  }

  private async open(
    campaign: Campaign,
    kind: RoundKind,
    threshold: number,
    duties: Duty[],
    onlyPlot: string | null,
  ): Promise<Round> {
    const epoch = await this.epochs.current(campaign);
    const block = await this.recentBlock();
    return this.database.transaction(async (manager) => {
      const index = await this.nextIndex(manager, epoch.id);
      const beacon = beaconOf(epoch.secret, index, block ? hexToBytes(block.hash) : undefined);
      const sentAt = this.clock.now();
      const deadlineAt = new Date(sentAt.getTime() + campaign.deadlineMs);
      const round = await manager.save(
        manager.create(Round, {
          campaignId: campaign.id,
          epochId: epoch.id,
          kind,
          index,
          beacon: bytesToHex(beacon),
          blockNumber: block?.number ?? null,
          blockHash: block?.hash ?? null,
          threshold,
          onlyPlot,
          sentAt,
          deadlineAt,
          closesAt: new Date(deadlineAt.getTime() + Math.min(GRACE_MS, campaign.deadlineMs)),
        }),
      );
      const due = duties.filter(({ plot }) => isDue(lotOf(hexToBytes(plot.plotId), beacon), threshold));
      const checks = due.map(({ plot, nodeId, accountId }) => ({
        roundId: round.id,
        plotRef: plot.id,
        nodeId,
        accountId,
        sentAt,
      }));
      for (let i = 0; i < checks.length; i += 1000) await manager.insert(Check, checks.slice(i, i + 1000));
      return round;
    });
  }

  private async nextIndex(manager: EntityManager, epochId: string): Promise<number> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [epochId]);
    return manager.countBy(Round, { epochId });
  }

  /** The time it gives is what remains of it. */
  private message(round: Round, only: string | null) {
    const { id: roundId, kind, campaignId, index, beacon, threshold } = round;
    const deadlineMs = Math.max(1, round.deadlineAt.getTime() - this.clock.now().getTime());
    return { roundId, kind, campaignId, index, beacon, threshold, deadlineMs, only };
  }

  /** A recent block of the payout chain: not even the operator could have known its hash before. */
  private async recentBlock(): Promise<{ number: number; hash: string } | null> {
    try {
      const block = await this.chain.getBlock('latest');
      return block && { number: block.number, hash: block.hash.replace(/^0x/, '').toLowerCase() };
    } catch (error) {
      this.log.warn('round without a block hash: the chain could not be read', error);
      return null;
    }
  }
}
