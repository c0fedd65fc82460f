import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager, In } from 'typeorm';
import { CroftError, limits, type Task } from '#libs/protocol';
import { replicaLayout, swarmReplica } from '#libs/swarm';
import { NodesService } from '../../nodes/nodes.service.js';
import { Clock } from '../../platform/clock.js';
import { type Offer } from '../../plots/dispatch.service.js';
import { PlotsService } from '../../plots/plots.service.js';
import { type LeasedTask, TasksService } from '../../tasks/tasks.service.js';
import type { PieceSource } from '../../transfers/transfers.service.js';
import { DataSet } from '../data-sets/data-set.entity.js';
import { Replica } from './replica.entity.js';
import { ReplicaFiles } from './replica-files.service.js';

/** Replicas on their way to a keeper: offered as tasks, sent in pieces, taken in as plots of their kind. */
@Injectable()
export class ReplicasService implements Offer, PieceSource {
  readonly kind = 'replica';

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly files: ReplicaFiles,
    private readonly tasks: TasksService,
    private readonly plots: PlotsService,
    private readonly nodes: NodesService,
    private readonly clock: Clock,
  ) {}

  /** One replica for the node, of a data set that its account does not keep yet: losses are to be independent. */
  async grant(nodeId: string, freeBytes: number): Promise<LeasedTask | null> {
    const { accountId } = await this.nodes.active(nodeId);
    const leased = await this.tasks.grantFetch(nodeId, 'replica', freeBytes, await this.notFor(accountId));
    if (leased) await this.database.getRepository(Replica).update(leased.task.plotRef!, { accountId });
    return leased;
  }

  async describe({ lease, task }: LeasedTask): Promise<Task | null> {
    const found = await this.find(this.database.manager, task.plotRef);
    if (!found) return null;
    const { root, contentRoot } = found.replica;
    return {
      kind: 'replica',
      leaseId: lease.id,
      campaignId: task.campaignId,
      plotId: root!,
      plotKind: task.plotKind,
      k: task.k,
      plotBytes: task.plotBytes,
      pieceBytes: limits.pieceBytes,
      contentRoot: contentRoot!,
      expiresAt: lease.expiresAt.toISOString(),
    };
  }

  async piece({ task }: LeasedTask, index: number): Promise<Uint8Array> {
    const found = await this.find(this.database.manager, task.plotRef);
    if (!found) throw new CroftError('transfer_unknown');
    return this.files.piece(found.dataSet, found.replica, index);
  }

  async done(manager: EntityManager, leased: LeasedTask, contentRoot: string): Promise<void> {
    const { lease, task } = leased;
    const found = await this.find(manager, task.plotRef);
    if (!found) throw new CroftError('transfer_unknown');
    const { id, root } = found.replica;
    if (contentRoot !== found.replica.contentRoot) throw new CroftError('content_differs');
    const node = await this.nodes.active(lease.nodeId);
    const { campaignId, plotKind: kind, k, plotBytes } = task;
    const noKeys = { farmerPublicKey: '', contractPuzzleHash: '' };
    const plot = { plotId: root!, kind, k, plotBytes, contentRoot, campaignId, leaseId: lease.id, ...noKeys };
    const plotRef = await this.plots.receive(manager, plot, node);
    const keptAt = this.clock.now();
    await manager.update(Replica, id, { state: 'kept', plotRef, accountId: node.accountId, keptAt });
    await this.files.dropEnd(manager, id);
    await this.tasks.complete(manager, leased);
  }

  /** Puts an open replica in the queue, unless it is there. */
  async enqueue(manager: EntityManager, { campaignId, k }: DataSet, replica: Replica): Promise<void> {
    if (await this.tasks.existsFor(manager, 'replica', replica.id)) return;
    await this.tasks.add(manager, {
      campaignId,
      kind: 'replica',
      plotKind: swarmReplica.kind,
      k,
      plotRef: replica.id,
      plotBytes: replicaLayout(k).fileBytes,
    });
  }

  private async find(manager: EntityManager, replicaId: string | null) {
    const replica = replicaId && (await manager.findOneBy(Replica, { id: replicaId, state: 'open' }));
    const dataSet = replica && (await manager.findOneBy(DataSet, { id: replica.dataSetId }));
    return replica && dataSet ? { replica, dataSet } : null;
  }

  /** Open replicas of data sets of which the account fetches or keeps another one. */
  private async notFor(accountId: string): Promise<string[]> {
    const repository = this.database.getRepository(Replica);
    const own = await repository.findBy({ accountId, state: In(['open', 'kept']) });
    if (own.length === 0) return [];
    const open = await repository.findBy({
      dataSetId: Any([...new Set(own.map((replica) => replica.dataSetId))]),
      state: 'open',
    });
    return open
      .filter(({ id, dataSetId }) => own.some((other) => other.dataSetId === dataSetId && other.id !== id))
      .map(({ id }) => id);
  }
}
