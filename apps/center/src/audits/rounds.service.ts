import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { beaconOf, bytesToHex, EVERY_PLOT, hexToBytes, type RoundKind, thresholdOf } from '#libs/protocol';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { EpochsService } from '../campaigns/epochs.service.js';
import { Batch } from '../platform/batch.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import type { Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import { Check, Round } from './audit.entity.js';
import { insertChecks } from './check-book.js';
import type { Due } from './custody-book.js';
import { CustodyBooks } from './custody-books.service.js';
import { PoolsService } from './standing/pools.service.js';

/** After its deadline a round takes answers in, as late, for this long. */
const GRACE_MS = 2_000;
/** Deadlines are ten minutes at most. */
const LONGEST_ROUND_MS = 15 * 60_000;

interface Duty {
  plot: Plot;
  nodeId: string;
  accountId: string;
}

/** What rounds are opened for. */
interface Terms {
  kind: RoundKind;
  threshold: number;
  onlyPlot: string | null;
  /** Who is due under a beacon. */
  due: (beacon: Uint8Array) => Due[] | Promise<Due[]>;
}

/** Sending rounds out. */
@Injectable()
export class RoundsService {
  private readonly resends = new Batch((nodeIds: string[]) => this.resendAll(nodeIds), { most: 500 });

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly epochs: EpochsService,
    private readonly plots: PlotsService,
    private readonly books: CustodyBooks,
    private readonly pools: PoolsService,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly chains: Chains,
  ) {}

  /** One broadcast round for each campaign whose time has come. */
  async broadcastDue(): Promise<void> {
    const running = await this.campaigns.running();
    this.books.keepOnly(running.map(({ id }) => id));
    await forEach(running, async (campaign) => {
      const [last] = await this.database.getRepository(Round).find({
        where: { campaignId: campaign.id, kind: 'broadcast' },
        order: { sentAt: 'DESC' },
        take: 1,
      });
      const dueAt = (last?.sentAt.getTime() ?? 0) + campaign.roundSeconds * 1000;
      if (this.clock.now().getTime() >= dueAt) await this.broadcast(campaign);
    });
  }

  /** Rounds about one plot at one node, before it counts or changes hands, or because it is doubted. */
  async challenge(
    campaign: Campaign,
    kind: Exclude<RoundKind, 'broadcast'>,
    duty: Duty,
    times = 1,
  ): Promise<void> {
    const { plot, nodeId, accountId } = duty;
    // a round about one plot is one in which it is due
    const due = () => [{ plotRef: plot.id, nodeId, accountId, threshold: EVERY_PLOT }];
    const terms = { kind, threshold: EVERY_PLOT, onlyPlot: plot.id, due };
    for (const { round } of await this.open(campaign, terms, times)) {
      this.sockets.send(duty.nodeId, 'round', this.message(round, EVERY_PLOT, duty.plot.plotId));
    }
  }

  /** Sends a node that has just connected the rounds that are still open and that it has not answered. */
  resendOpen(nodeId: string): Promise<unknown> {
    return this.resends.add(nodeId);
  }

  private async resendAll(nodeIds: string[]): Promise<true[]> {
    const now = this.clock.now();
    const open = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .innerJoinAndSelect('check.round', 'round')
      .where('check.nodeId = ANY(:nodeIds) AND check.verdict IS NULL', { nodeIds })
      // no round is open for longer; the index of checks goes by this
      .andWhere('check.sentAt > :since', { since: new Date(now.getTime() - LONGEST_ROUND_MS) })
      .andWhere('round.closedAt IS NULL AND round.deadlineAt > :now', { now })
      .getMany();
    const asked = new Map(open.map((check) => [`${check.nodeId} ${check.roundId}`, check]));
    const plots = await this.plots.byRefs(open.map((check) => check.plotRef));
    for (const { nodeId, round, plotRef, threshold } of asked.values()) {
      const only = round.onlyPlot ? plots.get(plotRef)!.plotId : null;
      this.sockets.send(nodeId, 'round', this.message(round, threshold, only));
    }
    return nodeIds.map(() => true as const);
  }

  private async broadcast(campaign: Campaign): Promise<void> {
    const book = await this.books.upToDate(campaign.id);
    const doubted = await this.pools.inDoubt(campaign.id);
    const thresholds = new Map(
      book
        .plotsOfNodes()
        .map(({ nodeId, plots }) => [nodeId, thresholdOf(plots, campaign, doubted.has(nodeId))]),
    );
    const base = thresholdOf(1, { ...campaign, nodeChecksPerDay: 0 });
    const due = (beacon: Uint8Array) => book.due(beacon, thresholds);
    const opened = await this.open(campaign, { kind: 'broadcast', threshold: base, onlyPlot: null, due }, 1);
    const { round, checks } = opened[0]!;
    // whoever has no plot due would find nothing to do: a message to each of many would only make answers wait
    const alike = new Map<number, Set<string>>();
    for (const { nodeId, threshold } of checks) {
      const nodes = alike.get(threshold);
      if (nodes) nodes.add(nodeId);
      else alike.set(threshold, new Set([nodeId]));
    }
    for (const [threshold, nodeIds] of alike) {
      await this.sockets.sendAll([...nodeIds], 'round', this.message(round, threshold, null));
    }
  }

  /** Opens rounds of one kind, each with a beacon of its own, and writes down who is due in them. */
  private async open(campaign: Campaign, { kind, threshold, onlyPlot, due }: Terms, times: number) {
    const epoch = await this.epochs.current(campaign);
    const block = await this.recentBlock(campaign);
    return this.database.transaction(async (manager) => {
      const first = await this.nextIndex(manager, epoch.id);
      const sentAt = this.clock.now();
      const deadlineAt = new Date(sentAt.getTime() + campaign.deadlineMs);
      const drawn = Array.from({ length: times }, (_, i) => {
        const beacon = beaconOf(epoch.secret, first + i, block ? hexToBytes(block.hash) : undefined);
        return manager.create(Round, {
          id: randomUUID(),
          campaignId: campaign.id,
          epochId: epoch.id,
          kind,
          index: first + i,
          beacon: bytesToHex(beacon),
          blockNumber: block?.number ?? null,
          blockHash: block?.hash ?? null,
          threshold,
          onlyPlot,
          sentAt,
          deadlineAt,
          closesAt: new Date(deadlineAt.getTime() + Math.min(GRACE_MS, campaign.deadlineMs)),
        });
      });
      await manager.insert(Round, drawn);
      const opened: { round: Round; checks: Due[] }[] = [];
      for (const round of drawn) {
        const checks = await due(hexToBytes(round.beacon));
        await insertChecks(manager, round, checks);
        opened.push({ round, checks });
      }
      return opened;
    });
  }

  /** The next free index of an epoch; it stays free until the transaction ends. */
  private async nextIndex(manager: EntityManager, epochId: string): Promise<number> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [epochId]);
    return ((await manager.maximum(Round, 'index', { epochId })) ?? -1) + 1;
  }

  /** The time it gives is what remains of it. */
  private message(round: Round, threshold: number, only: string | null) {
    const { id: roundId, kind, campaignId, index, beacon } = round;
    const deadlineMs = Math.max(1, round.deadlineAt.getTime() - this.clock.now().getTime());
    return { roundId, kind, campaignId, index, beacon, threshold, deadlineMs, only };
  }

  /** A recent block of the campaign's own chain: not even the operator could have known its hash before. */
  private async recentBlock({ chainId }: Campaign): Promise<{ number: number; hash: string } | null> {
    try {
      const block = await this.chains.get(chainId).port.getBlock('latest');
      return block && { number: block.number, hash: block.hash.replace(/^0x/, '').toLowerCase() };
    } catch (error) {
      this.log.warn('round without a block hash: the chain could not be read', error);
      return null;
    }
  }
}
