import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { limits, type NodeRole, type Task } from '#libs/protocol';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { NodesService } from '../nodes/nodes.service.js';
import { Chores } from '../platform/chores.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { Openings } from '../tasks/openings.js';
import { type LeasedTask, TasksService } from '../tasks/tasks.service.js';
import { PlotsService } from './plots.service.js';

/** Open plotting tasks a campaign keeps ready at most, so that a long list needs no long queue. */
const QUEUE_AHEAD = 100;

/** Work that another domain has for nodes with room. */
export interface Offer {
  kind: Task['kind'];
  /** Grants one task, or none. */
  grant(nodeId: string, freeBytes: number): Promise<LeasedTask | null>;
  /** What the node is told of its lease; null when there is nothing to do any more. */
  describe(leased: LeasedTask): Promise<Task | null>;
}

/** Gives nodes their work and keeps enough of it ready. */
@Injectable()
export class DispatchService {
  private readonly offers = new Map<Task['kind'], Offer>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly tasks: TasksService,
    private readonly openings: Openings,
    private readonly plots: PlotsService,
    private readonly nodes: NodesService,
    private readonly campaigns: CampaignsService,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
    chores: Chores,
  ) {
    chores.register({ name: 'leases', role: 'api', run: () => this.tasks.expireLeases() });
    chores.register({ name: 'queue', role: 'api', run: () => this.fillQueue() });
  }

  /** Adds a kind of work. */
  offer(offer: Offer): void {
    this.offers.set(offer.kind, offer);
  }

  /** The node's live leases, and one new one of each kind it is free for. */
  async next(nodeId: string): Promise<Task[]> {
    const leases = await this.tasks.liveOf(nodeId);
    const { roles, workHeld } = await this.nodes.active(nodeId);
    const has = (kind: Task['kind']) => leases.some(({ task }) => task.kind === kind);
    const kinds = workHeld ? [] : this.kindsFor(roles);
    // most of the time there is nothing: then that is all that is asked
    const open = kinds.some((kind) => !has(kind)) ? await this.tasks.openKinds() : new Set();
    for (const kind of kinds) {
      const granted = open.has(kind) && !has(kind) ? await this.grant(nodeId, kind) : null;
      if (granted) leases.push(granted);
    }
    for (const kind of this.kindsFor(roles)) this.openings.note(nodeId, kind, !workHeld && !has(kind));
    return this.describe(leases);
  }

  private kindsFor(roles: readonly NodeRole[]): Task['kind'][] {
    const fetched: Task['kind'][] = roles.includes('storer') ? ['move', ...this.offers.keys()] : [];
    return roles.includes('plotter') ? ['plot', ...fetched] : fetched;
  }

  private async grant(nodeId: string, kind: Task['kind']): Promise<LeasedTask | null> {
    if (kind === 'plot') return this.tasks.grantPlot(nodeId);
    const freeBytes = await this.freeBytes(nodeId);
    const offer = this.offers.get(kind);
    return offer ? offer.grant(nodeId, freeBytes) : this.tasks.grantFetch(nodeId, kind, freeBytes);
  }

  /** What a node offered, less what it keeps and what is on its way to it; never more than its disk says is free. */
  private async freeBytes(nodeId: string): Promise<number> {
    const { report } = await this.nodes.active(nodeId);
    const used = (await this.plots.keptBytes(nodeId)) + (await this.tasks.reservedBytes(nodeId));
    return Math.max(0, Math.min(report.storeBytes - used, report.storeFreeBytes ?? Number.POSITIVE_INFINITY));
  }

  private async describe(leases: LeasedTask[]): Promise<Task[]> {
    const offered = leases.filter(({ task }) => this.offers.has(task.kind));
    const others = await Promise.all(
      offered.map((leased) => this.offers.get(leased.task.kind)!.describe(leased)),
    );
    const own = leases.filter((leased) => !offered.includes(leased));
    return [...(await this.describeOwn(own)), ...others.filter((task) => task !== null)];
  }

  private async describeOwn(leases: LeasedTask[]): Promise<Task[]> {
    const plots = await this.plots.byRefs(leases.flatMap(({ task }) => task.plotRef ?? []));
    return leases.flatMap(({ lease, task }): Task[] => {
      const common = {
        leaseId: lease.id,
        campaignId: task.campaignId,
        plotKind: task.plotKind,
        k: task.k,
        expiresAt: lease.expiresAt.toISOString(),
      };
      if (task.kind === 'plot') {
        const { FARMER_PUBLIC_KEY: farmerPublicKey } = this.config;
        return [{ ...common, kind: 'plot', farmerPublicKey, contractPuzzleHash: lease.contractPuzzleHash! }];
      }
      const plot = plots.get(task.plotRef ?? '');
      if (!plot) return [];
      const { plotId, plotBytes, contentRoot } = plot;
      return [{ ...common, kind: 'move', plotId, plotBytes, contentRoot, pieceBytes: limits.pieceBytes }];
    });
  }

  /** Open plotting tasks for as many plots as each campaign still wants; what is open is told to those who wait. */
  private async fillQueue(): Promise<void> {
    for (const campaign of await this.campaigns.askingForPlots()) {
      // tasks first: one that becomes a plot between the two counts is counted twice, never missed
      const open = await this.tasks.countOpen(campaign.id, 'plot');
      const { registered, accepted } = await this.plots.counts({
        campaignId: campaign.id,
        kind: campaign.plotKind,
      });
      const missing = Math.min(campaign.plotTarget - registered - accepted, QUEUE_AHEAD) - open;
      for (let i = 0; i < missing; i++) {
        await this.tasks.add(this.database.manager, {
          campaignId: campaign.id,
          kind: 'plot',
          plotKind: campaign.plotKind,
          k: campaign.taskK,
        });
      }
    }
    await this.openings.announce();
  }
}
