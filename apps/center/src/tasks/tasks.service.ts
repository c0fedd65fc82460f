import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { CroftError, kindsOf } from '#libs/protocol';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { NodesService } from '../nodes/nodes.service.js';
import { Batch } from '../platform/batch.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { ContributorAddresses } from './contributor-addresses.js';
import { Openings } from './openings.js';
import { Lease, type LeaseState, TaskRow } from './task.entity.js';

/** A broken lease's task goes back to the queue once; then it has failed. */
const MAX_ATTEMPTS = 2;
/** What is to be fetched may find its source offline, or its node's disk full, many times before it is done. */
const MAX_FETCH_ATTEMPTS = 50;

export interface LeasedTask {
  lease: Lease;
  task: TaskRow;
}

/** A sign of life of a lease. */
interface Beat {
  nodeId: string;
  leaseId: string;
  phase: string;
  fraction: number;
}

/** The queue: who does what, and until when. A task has at most one live lease (a unique index says so). */
@Injectable()
export class TasksService {
  // asked by every node all the time
  private readonly live = new Batch((nodeIds: string[]) => this.liveOfAll(nodeIds), { most: 1000 });
  private readonly beats = new Batch((beats: Beat[]) => this.writeBeats(beats), { most: 500 });
  private readonly open = new Batch((asked: null[]) => this.readOpenKinds(asked.length), { most: 1000 });

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly nodes: NodesService,
    private readonly openings: Openings,
    private readonly addresses: ContributorAddresses,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Puts a task in the queue. */
  async add(
    manager: EntityManager,
    task: Pick<TaskRow, 'campaignId' | 'kind' | 'plotKind' | 'k'> & Partial<TaskRow>,
  ) {
    const now = this.clock.now();
    await manager.insert(TaskRow, { notBefore: now, createdAt: now, ...task });
    this.openings.soon();
  }

  /** Live leases of a node, and their tasks. */
  liveOf(nodeId: string): Promise<LeasedTask[]> {
    return this.live.add(nodeId);
  }

  /** Kinds of tasks of which any waits for somebody. */
  openKinds(): Promise<ReadonlySet<string>> {
    return this.open.add(null);
  }

  /** Grants the node one open plotting task of a campaign that still hands them out, or none. */
  async grantPlot(nodeId: string): Promise<LeasedTask | null> {
    const node = await this.nodes.active(nodeId);
    const campaigns = (await this.campaigns.askingForPlots()).map((campaign) => campaign.id);
    if (!node.roles.includes('plotter') || campaigns.length === 0) return null;
    // before the transaction: within it, a second connection may be one too many
    const contractPuzzleHash = await this.addresses.puzzleHashOf(node.accountId);
    const plotKinds = kindsOf(node.report, 'makes');
    const wanted = { kind: 'plot' as const, plotKinds, campaigns, maxBytes: 0, not: [] };
    return this.grant(node, { ...wanted, contractPuzzleHash });
  }

  /** Grants the node something to fetch and keep that fits into `freeBytes` and is about none of `not`; or none. */
  async grantFetch(
    nodeId: string,
    kind: 'move' | 'replica',
    freeBytes: number,
    not: readonly string[] = [],
  ): Promise<LeasedTask | null> {
    const node = await this.nodes.active(nodeId);
    if (!node.roles.includes('storer') || freeBytes <= 0) return null;
    const campaigns = (await this.campaigns.all()).filter((campaign) => campaign.state !== 'closed');
    const plotKinds = kindsOf(node.report, 'keeps');
    return this.grant(node, {
      kind,
      plotKinds,
      campaigns: campaigns.map((c) => c.id),
      maxBytes: freeBytes,
      not,
    });
  }

  /** A sign of life. Errors: lease_unknown, lease_expired, lease_ended. */
  async heartbeat(nodeId: string, leaseId: string, phase: string, fraction: number): Promise<Date> {
    const extended = await this.beats.add({ nodeId, leaseId, phase, fraction });
    if (extended) return extended;
    return this.database.transaction(async (manager) => {
      const { lease } = await this.own(manager, nodeId, leaseId);
      const expiresAt = this.expiry();
      await manager.update(Lease, lease.id, { phase, fraction, expiresAt });
      return expiresAt;
    });
  }

  /**
   * The lease, locked, if it is the node's and alive ("do I still own this", asked before everything final).
   * Errors: lease_unknown, lease_expired, lease_ended.
   */
  async own(
    manager: EntityManager,
    nodeId: string,
    leaseId: string,
    states: LeaseState[] = ['active'],
  ): Promise<LeasedTask> {
    const lease = await manager.findOne(Lease, {
      where: { id: leaseId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!lease || lease.nodeId !== nodeId) throw new CroftError('lease_unknown');
    const expired = lease.state === 'active' && lease.expiresAt <= this.clock.now();
    if (lease.state === 'expired' || expired) throw new CroftError('lease_expired');
    if (!states.includes(lease.state)) throw new CroftError('lease_ended', { state: lease.state });
    const task = await manager.findOneByOrFail(TaskRow, { id: lease.taskId });
    return { lease, task };
  }

  /** Ends a lease well. */
  async complete(manager: EntityManager, { lease, task }: LeasedTask): Promise<void> {
    await manager.update(Lease, lease.id, { state: 'completed', phase: 'done', fraction: 1 });
    await manager.update(TaskRow, task.id, { state: 'done' });
  }

  /** The node says it is done; the lease stays its own while the center finds out. */
  async check(manager: EntityManager, lease: Lease): Promise<void> {
    await manager.update(Lease, lease.id, { state: 'checking', phase: 'checking', fraction: 1 });
  }

  /** Ends a lease badly; the task goes back to the queue, later, or fails. */
  async fail(manager: EntityManager, { lease, task }: LeasedTask, cause: string): Promise<void> {
    await manager.update(Lease, lease.id, { state: 'failed', phase: cause });
    await this.returnToQueue(manager, task, cause);
  }

  /** The node gives a task up. Errors as `own`. */
  async giveUp(nodeId: string, leaseId: string, cause: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      await this.fail(manager, await this.own(manager, nodeId, leaseId), cause);
    });
  }

  /** Leases nobody was heard of for end, and their tasks return. */
  async expireLeases(): Promise<void> {
    const over = await this.database.getRepository(Lease).find({
      where: { state: 'active', expiresAt: LessThan(this.clock.now()) },
      take: 500,
    });
    for (const { id } of over) {
      await this.database.transaction(async (manager) => {
        const lease = await manager.findOne(Lease, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (lease?.state !== 'active' || lease.expiresAt > this.clock.now()) return;
        const task = await manager.findOneByOrFail(TaskRow, { id: lease.taskId });
        await manager.update(Lease, id, { state: 'expired' });
        await this.returnToQueue(manager, task, 'lease_expired');
      });
    }
  }

  /** Tasks of a campaign not yet done, by kind. */
  countOpen(campaignId: string, kind: TaskRow['kind']): Promise<number> {
    return this.database.getRepository(TaskRow).countBy({ campaignId, kind, state: In(['open', 'leased']) });
  }

  countAllOpen(): Promise<number> {
    return this.database.getRepository(TaskRow).countBy({ state: In(['open', 'leased']) });
  }

  /** Bytes promised to moves under way to a node. */
  async reservedBytes(nodeId: string): Promise<number> {
    return (await this.underWay(nodeId)).reduce((sum, { task }) => sum + task.plotBytes, 0);
  }

  /** Plots on their way to nodes, or there and being checked; by node. */
  async arriving(nodeIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const rows: { nodeId: string; plotRefs: string[] }[] = await this.database.query(
      `SELECT l."nodeId", array_agg(t."plotRef") AS "plotRefs" FROM leases l JOIN tasks t ON t.id = l."taskId"
       WHERE l."nodeId" = ANY($1::uuid[]) AND l.state IN ('active', 'checking') AND t."plotRef" IS NOT NULL
       GROUP BY l."nodeId"`,
      [nodeIds],
    );
    return new Map(rows.map(({ nodeId, plotRefs }) => [nodeId, new Set(plotRefs)]));
  }

  /** Whether a plot or replica has a task of this kind waiting or under way. */
  existsFor(manager: EntityManager, kind: 'move' | 'replica', plotRef: string): Promise<boolean> {
    return manager.existsBy(TaskRow, { plotRef, kind, state: In(['open', 'leased']) });
  }

  /** Takes back what nobody has begun. */
  async withdraw(manager: EntityManager, kind: 'move' | 'replica', plotRef: string): Promise<boolean> {
    const { affected } = await manager.update(
      TaskRow,
      { plotRef, kind, state: 'open' },
      { state: 'cancelled' },
    );
    return Boolean(affected);
  }

  private async underWay(nodeId: string): Promise<LeasedTask[]> {
    const states: LeaseState[] = ['active', 'checking'];
    return this.withTasks(await this.database.getRepository(Lease).findBy({ nodeId, state: In(states) }));
  }

  private async liveOfAll(nodeIds: string[]): Promise<LeasedTask[][]> {
    const leases = await this.database
      .getRepository(Lease)
      .findBy({ nodeId: Any([...new Set(nodeIds)]), state: 'active' });
    const all = leases.length > 0 ? await this.withTasks(leases) : [];
    const byNode = new Map<string, LeasedTask[]>();
    for (const leased of all)
      byNode.set(leased.lease.nodeId, [...(byNode.get(leased.lease.nodeId) ?? []), leased]);
    return nodeIds.map((nodeId) => [...(byNode.get(nodeId) ?? [])]);
  }

  private async readOpenKinds(times: number): Promise<ReadonlySet<string>[]> {
    const rows = await this.database
      .getRepository(TaskRow)
      .createQueryBuilder('task')
      .select('DISTINCT task.kind', 'kind')
      .where(`task.state = 'open'`)
      .getRawMany<{ kind: string }>();
    const kinds = new Set(rows.map((row) => row.kind));
    return Array.from({ length: times }, () => kinds);
  }

  private async withTasks(leases: Lease[]): Promise<LeasedTask[]> {
    const tasks = await this.database.getRepository(TaskRow).findBy({ id: In(leases.map((l) => l.taskId)) });
    const byId = new Map(tasks.map((task) => [task.id, task]));
    return leases.map((lease) => ({ lease, task: byId.get(lease.taskId)! }));
  }

  private expiry() {
    return new Date(this.clock.now().getTime() + this.config.LEASE_SECONDS * 1000);
  }

  private async returnToQueue(manager: EntityManager, task: TaskRow, cause: string) {
    const again = task.attempts < (task.kind === 'plot' ? MAX_ATTEMPTS : MAX_FETCH_ATTEMPTS);
    const pauseMs = cause === 'lease_expired' ? 0 : 2000;
    await manager.update(TaskRow, task.id, {
      state: again ? 'open' : 'failed',
      failure: cause,
      notBefore: new Date(this.clock.now().getTime() + pauseMs),
    });
    if (again) this.openings.soon();
  }

  /** Extends the leases that live; null for the others, and for those that somebody is busy with. */
  private async writeBeats(beats: Beat[]): Promise<(Date | null)[]> {
    const expiresAt = this.expiry();
    const latest = [...new Map(beats.map((beat) => [beat.leaseId, beat])).values()];
    const rows: { id: string }[] = await this.database.query(
      `WITH told AS (SELECT * FROM jsonb_to_recordset($1::jsonb)
           AS t("leaseId" uuid, "nodeId" uuid, phase text, fraction real)),
         live AS (SELECT l.id, told.phase, told.fraction FROM leases l
           JOIN told ON l.id = told."leaseId" AND l."nodeId" = told."nodeId"
           WHERE l.state = 'active' AND l."expiresAt" > $2 FOR UPDATE OF l SKIP LOCKED),
         beaten AS (UPDATE leases SET phase = live.phase, fraction = live.fraction, "expiresAt" = $3
           FROM live WHERE leases.id = live.id RETURNING leases.id)
       SELECT id FROM beaten`,
      [JSON.stringify(latest), this.clock.now(), expiresAt],
    );
    const extended = new Set(rows.map(({ id }) => id));
    const owners = new Map(latest.map(({ leaseId, nodeId }) => [leaseId, nodeId]));
    return beats.map(({ leaseId, nodeId }) =>
      extended.has(leaseId) && owners.get(leaseId) === nodeId ? expiresAt : null,
    );
  }

  private grant(
    node: { id: string; accountId: string },
    wanted: {
      kind: TaskRow['kind'];
      /** What the node knows: a lease of another kind would only come back. */
      plotKinds: readonly string[];
      campaigns: string[];
      maxBytes: number;
      not: readonly string[];
      contractPuzzleHash?: string;
    },
  ): Promise<LeasedTask | null> {
    if (wanted.campaigns.length === 0) return Promise.resolve(null);
    return this.database.transaction(async (manager) => {
      const task = await manager
        .createQueryBuilder(TaskRow, 'task')
        .where(`task.state = 'open' AND task.kind = :kind AND task.campaignId IN (:...campaigns)`, wanted)
        .andWhere('task.plotKind = ANY(:plotKinds)', { plotKinds: wanted.plotKinds })
        .andWhere('task.notBefore <= :now AND task.plotBytes <= :maxBytes', {
          now: this.clock.now(),
          maxBytes: wanted.maxBytes,
        })
        .andWhere('(task.notNodeId IS NULL OR task.notNodeId <> :node)', { node: node.id })
        .andWhere('(task.plotRef IS NULL OR NOT task.plotRef = ANY(:not))', { not: wanted.not })
        .orderBy('task.createdAt')
        .limit(1)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getOne();
      if (!task) return null;
      await manager.update(TaskRow, task.id, { state: 'leased', attempts: task.attempts + 1 });
      const lease = await manager.save(
        manager.create(Lease, {
          taskId: task.id,
          nodeId: node.id,
          accountId: node.accountId,
          contractPuzzleHash: wanted.contractPuzzleHash ?? null,
          grantedAt: this.clock.now(),
          expiresAt: this.expiry(),
        }),
      );
      return { lease, task };
    });
  }
}
