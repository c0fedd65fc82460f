import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CroftError, type Piece, pieceLength } from '#libs/protocol';
import { Clock } from '../platform/clock.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import { PlotsService } from '../plots/plots.service.js';
import { type LeasedTask, TasksService } from '../tasks/tasks.service.js';
import { Transfer } from './transfer.entity.js';

/** How long a keeper may take to read one piece. */
const PIECE_MS = 20_000;

/** Where pieces come from that no keeper has yet, and what follows when all of them have arrived. */
export interface PieceSource {
  /** Errors: transfer_unknown, piece_out_of_range. */
  piece(leased: LeasedTask, index: number): Promise<Uint8Array>;
  /** Within the transaction that holds the lease, which it ends. Errors: content_differs, transfer_unknown. */
  done(manager: EntityManager, leased: LeasedTask, contentRoot: string): Promise<void>;
}

/** Plots on the move, with the center as relay: pieces in, pieces out, nothing stored between. */
@Injectable()
export class TransfersService {
  private readonly sources = new Map<string, PieceSource>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly tasks: TasksService,
    private readonly plots: PlotsService,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
  ) {}

  /** Names the source for leases of a kind. */
  provide(kind: LeasedTask['task']['kind'], source: PieceSource): void {
    this.sources.set(kind, source);
  }

  /**
   * One piece of what the lease is to fetch, from its keeper or its source.
   * Errors: lease_*, transfer_unknown, piece_out_of_range, source_offline, piece_hash_mismatch.
   */
  async piece(nodeId: string, leaseId: string, index: number): Promise<Piece> {
    const leased = await this.database.transaction((manager) => this.tasks.own(manager, nodeId, leaseId));
    const { task } = leased;
    const source = this.sources.get(task.kind);
    if (source) {
      const bytes = Buffer.from(await source.piece(leased, index));
      return { index, bytes, sha256: sha256Hex(bytes) };
    }
    const plot = (await this.plots.byRefs([task.plotRef ?? ''].filter(Boolean))).values().next().value;
    const keeper = plot && (await this.plots.keeper(plot.id));
    if (!plot || !keeper || keeper.nodeId === nodeId) throw new CroftError('transfer_unknown');
    const length = pieceLength(plot.plotBytes, index);
    if (length === 0) throw new CroftError('piece_out_of_range');
    const piece = await this.sockets.ask<Piece>(
      keeper.nodeId,
      'transfer:read',
      { plotId: plot.plotId, index },
      PIECE_MS,
    );
    const bytes = Buffer.isBuffer(piece?.bytes) ? piece.bytes : null;
    const hash = bytes && sha256Hex(bytes);
    if (bytes?.length !== length || hash !== piece.sha256) throw new CroftError('piece_hash_mismatch');
    return { index, bytes, sha256: hash };
  }

  /** The copy is complete; it will be challenged where it is. Errors: lease_*, content_differs, transfer_unknown. */
  async done(nodeId: string, leaseId: string, contentRoot: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const leased = await this.tasks.own(manager, nodeId, leaseId, ['active', 'checking', 'completed']);
      const { lease, task } = leased;
      const source = this.sources.get(task.kind);
      if (source && lease.state === 'active') return source.done(manager, leased, contentRoot);
      if (source) return;
      if (lease.state === 'completed') throw new CroftError('lease_ended', { state: lease.state });
      if (lease.state === 'checking') return;
      const plot = task.plotRef && (await this.plots.byRefs([task.plotRef], manager)).get(task.plotRef);
      const keeper = plot && (await this.plots.keeper(plot.id, manager));
      if (!plot || !keeper) throw new CroftError('transfer_unknown');
      if (contentRoot !== plot.contentRoot) throw new CroftError('content_differs');
      await manager.insert(Transfer, {
        leaseId,
        plotRef: plot.id,
        fromNode: keeper.nodeId,
        toNode: nodeId,
        arrivedAt: this.clock.now(),
      });
      await this.tasks.check(manager, lease);
    });
  }

  /** Copies that wait for their challenge. */
  checking(): Promise<Transfer[]> {
    return this.database.getRepository(Transfer).find({ where: { state: 'checking' }, take: 1000 });
  }

  /** The new keeper proved its copy: custody passes, and only now the source may delete. */
  async confirm(manager: EntityManager, transfer: Transfer): Promise<() => void> {
    const { plotRef, fromNode, toNode } = transfer;
    await this.plots.passCustody(manager, plotRef, fromNode, toNode);
    const leased = await this.tasks.own(manager, toNode, transfer.leaseId, ['checking']);
    await this.tasks.complete(manager, leased);
    await manager.update(Transfer, transfer.id, { state: 'done' });
    const plot = (await this.plots.byRefs([plotRef], manager)).get(plotRef)!;
    return () => this.plots.announcePass(plot, fromNode, toNode);
  }

  /** The new keeper could not prove its copy, which may go; the move is tried again. */
  async refuse(manager: EntityManager, transfer: Transfer, cause: string): Promise<() => void> {
    const { plotRef, toNode } = transfer;
    await manager.update(Transfer, transfer.id, { state: 'failed' });
    const leased = await this.tasks.own(manager, toNode, transfer.leaseId, ['checking']);
    await this.tasks.fail(manager, leased, cause);
    const plot = (await this.plots.byRefs([plotRef], manager)).get(plotRef)!;
    return () => this.plots.announceRefusal(plot, toNode);
  }
}

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
