import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, Brackets, DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { CroftError, type PlotRegistration, type PlotState } from '#libs/protocol';
import { NodesService } from '../nodes/nodes.service.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { type Page, type PageQuery, pageOf } from '../platform/paging.js';
import { PlotKinds } from '../platform/plot-kinds/plot-kinds.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import { TasksService } from '../tasks/tasks.service.js';
import { checkRegistration } from './check-registration.js';
import { Custody, Plot } from './plot.entity.js';

/** Plots: taken in once, accepted or not, and who keeps them. */
@Injectable()
export class PlotsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly tasks: TasksService,
    private readonly nodes: NodesService,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
    private readonly kinds: PlotKinds,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /**
   * Takes a finished plot in under its lease. Said twice for the same plot, it answers the same.
   * Errors: lease_unknown, lease_expired, lease_ended, plot_kind_differs, plot_size_differs,
   * memo_invalid, plot_keys_differ, plot_already_registered.
   */
  async register(nodeId: string, registration: PlotRegistration): Promise<PlotState> {
    const node = await this.nodes.active(nodeId);
    const known = await this.database
      .getRepository(Plot)
      .findOneBy({ leaseId: registration.leaseId, nodeId });
    if (known?.plotId === registration.plotId) return known.state;
    return this.database.transaction(async (manager): Promise<PlotState> => {
      const leased = await this.tasks.own(manager, nodeId, registration.leaseId);
      const { lease, task } = leased;
      if (task.kind !== 'plot' || !lease.contractPuzzleHash) throw new CroftError('lease_unknown');
      const terms = {
        k: task.k,
        farmerPublicKey: this.config.FARMER_PUBLIC_KEY,
        contractPuzzleHash: lease.contractPuzzleHash,
      };
      const kind = this.kinds.of(task.plotKind);
      checkRegistration(registration, kind, terms);
      const { plotId, k, plotBytes, contentRoot } = registration;
      const made = { ...terms, plotId, kind: kind.kind, k, plotBytes, contentRoot };
      await this.receive(manager, { ...made, campaignId: task.campaignId, leaseId: lease.id }, node);
      await this.tasks.complete(manager, leased);
      return 'registered';
    });
  }

  /**
   * Takes a plot in that is at a node, to be spot-checked there; returns its row id.
   * Errors: plot_kind_unknown, plot_already_registered.
   */
  async receive(
    manager: EntityManager,
    plot: Pick<Plot, 'plotId' | 'kind' | 'k' | 'plotBytes' | 'contentRoot' | 'campaignId' | 'leaseId'> &
      Pick<Plot, 'farmerPublicKey' | 'contractPuzzleHash'>,
    node: { id: string; accountId: string; roles: readonly string[] },
  ): Promise<string> {
    const { significantIdBytes } = this.kinds.of(plot.kind);
    const keeper = { nodeId: node.id, accountId: node.accountId };
    const registeredAt = this.clock.now();
    const significantId = plot.plotId.slice(0, 2 * significantIdBytes);
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(Plot)
      .values({ ...plot, ...keeper, significantId, registeredAt })
      .orIgnore()
      .returning('id')
      .execute();
    if (raw.length === 0) throw new CroftError('plot_already_registered');
    const plotRef = raw[0].id as string;
    const storing = node.roles.includes('storer');
    const { campaignId } = plot;
    await manager.insert(Custody, { plotRef, campaignId, ...keeper, storing, fromAt: registeredAt });
    return plotRef;
  }

  /** Its spot checks passed: the plot counts. One that its maker does not keep gets a move. */
  async accept(manager: EntityManager, plotRef: string): Promise<void> {
    const plot = await manager.findOneOrFail(Plot, {
      where: { id: plotRef },
      lock: { mode: 'pessimistic_write' },
    });
    if (plot.state !== 'registered') return;
    await manager.update(Plot, plotRef, { state: 'accepted', acceptedAt: this.clock.now() });
    const custody = await manager.findOneByOrFail(Custody, { plotRef, untilAt: IsNull() });
    if (custody.storing) this.sockets.send(custody.nodeId, 'plot:kept', plot);
    else await this.offerMove(manager, plot, custody.nodeId);
  }

  /** Its spot checks failed: it never counted. */
  async reject(manager: EntityManager, plotRef: string, reason: string): Promise<void> {
    const plot = await manager.findOneOrFail(Plot, {
      where: { id: plotRef },
      lock: { mode: 'pessimistic_write' },
    });
    if (plot.state !== 'registered') return;
    await manager.update(Plot, plotRef, { state: 'rejected' });
    await manager.update(Custody, { plotRef, untilAt: IsNull() }, { untilAt: this.clock.now() });
    this.sockets.send(plot.nodeId, 'plot:rejected', { plotId: plot.plotId, reason });
  }

  /** The plot is gone: nobody keeps it any more. Returns whether it was still kept by that node. */
  async lose(manager: EntityManager, plotRef: string, nodeId: string): Promise<boolean> {
    const ended = await manager.update(
      Custody,
      { plotRef, nodeId, untilAt: IsNull() },
      { untilAt: this.clock.now() },
    );
    if (ended.affected) await manager.update(Plot, plotRef, { state: 'lost' });
    return Boolean(ended.affected);
  }

  /** Custody passes to a new keeper, whose copy was just challenged. Errors: conflict. */
  async passCustody(
    manager: EntityManager,
    plotRef: string,
    fromNode: string,
    toNode: string,
  ): Promise<void> {
    const now = this.clock.now();
    const plot = await manager.findOneByOrFail(Plot, { id: plotRef });
    const node = await this.nodes.active(toNode);
    const ended = await manager.update(
      Custody,
      { plotRef, nodeId: fromNode, untilAt: IsNull() },
      { untilAt: now },
    );
    if (!ended.affected) throw new CroftError('conflict');
    await manager.insert(Custody, {
      plotRef,
      campaignId: plot.campaignId,
      nodeId: toNode,
      accountId: node.accountId,
      storing: true,
      fromAt: now,
    });
  }

  /** Tells both sides of a pass of custody; who is away learns it at its next inventory. */
  announcePass(plot: Plot, fromNode: string, toNode: string) {
    this.sockets.send(toNode, 'plot:kept', { plotId: plot.plotId, campaignId: plot.campaignId });
    this.sockets.send(fromNode, 'plot:released', { plotId: plot.plotId });
  }

  /** Tells a node that its copy is not wanted. */
  announceRefusal(plot: Plot, nodeId: string) {
    this.sockets.send(nodeId, 'plot:released', { plotId: plot.plotId });
  }

  /** Custodies of accepted plots that lay, in part, within a time span. */
  custodiesWithin(manager: EntityManager, campaignId: string, from: Date, until: Date): Promise<Custody[]> {
    return manager
      .createQueryBuilder(Custody, 'custody')
      .innerJoinAndSelect('custody.plot', 'plot')
      .where('custody.campaignId = :campaignId AND plot.acceptedAt IS NOT NULL', {
        campaignId,
      })
      .andWhere('custody.fromAt < :until', { until })
      .andWhere(
        new Brackets((either) =>
          either.where('custody.untilAt IS NULL').orWhere('custody.untilAt > :from', { from }),
        ),
      )
      .getMany();
  }

  /** Plots waiting for their spot checks. */
  registered(): Promise<Plot[]> {
    return this.database
      .getRepository(Plot)
      .find({ where: { state: 'registered' }, order: { registeredAt: 'ASC' }, take: 1000 });
  }

  async byRefs(refs: string[], manager: EntityManager = this.database.manager): Promise<Map<string, Plot>> {
    if (refs.length === 0) return new Map();
    // one array, however many: the database takes no more than 65,535 parameters
    const rows = await manager.findBy(Plot, { id: Any([...new Set(refs)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Plots by their own ids. */
  async byPlotIds(plotIds: string[], manager: EntityManager): Promise<Map<string, Plot>> {
    const rows = await manager.findBy(Plot, { plotId: Any([...new Set(plotIds)]) });
    return new Map(rows.map((row) => [row.plotId, row]));
  }

  /** The live custodies of plots, by their row ids. */
  async keepers(refs: string[], manager: EntityManager): Promise<Map<string, Custody>> {
    if (refs.length === 0) return new Map();
    const rows = await manager.findBy(Custody, { plotRef: Any([...new Set(refs)]), untilAt: IsNull() });
    return new Map(rows.map((row) => [row.plotRef, row]));
  }

  /** The live custody of a plot, or null. */
  keeper(plotRef: string, manager: EntityManager = this.database.manager): Promise<Custody | null> {
    return manager.findOneBy(Custody, { plotRef, untilAt: IsNull() });
  }

  /** Bytes of plots a node keeps. */
  async keptBytes(nodeId: string): Promise<number> {
    const { sum } = (await this.database
      .getRepository(Custody)
      .createQueryBuilder('custody')
      .innerJoin('custody.plot', 'plot')
      .select('COALESCE(SUM(plot.plotBytes), 0)', 'sum')
      .where('custody.nodeId = :nodeId AND custody.untilAt IS NULL', { nodeId })
      .getRawOne<{ sum: string }>())!;
    return Number(sum);
  }

  /** Plots by state, of one kind in one campaign; a registered one counts towards the target until it was rejected. */
  async counts(
    of: { campaignId?: string; kind?: string; notKind?: string } = {},
  ): Promise<Record<PlotState, number>> {
    const counts: Record<PlotState, number> = { registered: 0, accepted: 0, rejected: 0, lost: 0 };
    const query = this.database
      .getRepository(Plot)
      .createQueryBuilder('plot')
      .select('plot.state', 'state')
      .addSelect('COUNT(*)::int', 'count')
      .groupBy('plot.state');
    if (of.campaignId) query.andWhere('plot.campaignId = :campaignId', of);
    if (of.kind) query.andWhere('plot.kind = :kind', of);
    if (of.notKind) query.andWhere('plot.kind <> :notKind', of);
    for (const row of await query.getRawMany<{ state: PlotState; count: number }>())
      counts[row.state] = row.count;
    return counts;
  }

  /** An account's plots, made or kept by it, newest first, each with who keeps it. */
  async ofAccount(
    accountId: string,
    page: PageQuery,
  ): Promise<Page<Plot> & { keepers: Map<string, Custody> }> {
    const query = this.database
      .getRepository(Plot)
      .createQueryBuilder('plot')
      .where(
        new Brackets((either) =>
          either
            .where('plot.accountId = :accountId', { accountId })
            .orWhere(
              'EXISTS (SELECT 1 FROM custodies c WHERE c."plotRef" = plot.id AND c."accountId" = :accountId AND c."untilAt" IS NULL)',
            ),
        ),
      );
    const { items, next } = await pageOf(query, 'registeredAt', page);
    const live = await this.database
      .getRepository(Custody)
      .findBy({ plotRef: In(items.map((row) => row.id)), untilAt: IsNull() });
    return { items, next, keepers: new Map(live.map((custody) => [custody.plotRef, custody])) };
  }

  private async offerMove(manager: EntityManager, plot: Plot, nodeId: string) {
    if (await this.tasks.existsFor(manager, 'move', plot.id)) return;
    const { campaignId, kind: plotKind, k, plotBytes } = plot;
    await this.tasks.add(manager, {
      campaignId,
      kind: 'move',
      plotKind,
      k,
      plotRef: plot.id,
      plotBytes,
      notNodeId: nodeId,
    });
  }
}
