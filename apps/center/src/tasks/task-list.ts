import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { NodesService } from '../nodes/nodes.service.js';
import { type PageQuery, pageOf } from '../platform/paging.js';
import type { TasksPage, WorkAnswer } from './dto.js';
import { Lease, type LeaseState, TaskRow } from './task.entity.js';

const live: LeaseState[] = ['active', 'checking'];

/** Tasks as people see them. */
@Injectable()
export class TaskList {
  constructor(
    @InjectRepository(TaskRow) private readonly tasks: Repository<TaskRow>,
    @InjectRepository(Lease) private readonly leases: Repository<Lease>,
    private readonly nodes: NodesService,
  ) {}

  async page(query: PageQuery): Promise<TasksPage> {
    const { items: rows, next } = await pageOf(this.tasks.createQueryBuilder('task'), 'createdAt', query);
    const leases = await this.leases.find({
      where: { taskId: In(rows.map((row) => row.id)) },
      order: { grantedAt: 'ASC' },
    });
    const byTask = new Map(leases.map((lease) => [lease.taskId, lease]));
    const nodes = await this.nodes.byIds(leases.map((lease) => lease.nodeId));
    const items = rows.map((row) => {
      const lease = byTask.get(row.id);
      return {
        id: row.id,
        kind: row.kind,
        state: row.state,
        k: row.k,
        campaignId: row.campaignId,
        nodeId: lease?.nodeId ?? null,
        nodeName: (lease && nodes.get(lease.nodeId)?.name) ?? null,
        attempts: row.attempts,
        createdAt: row.createdAt.toISOString(),
        phase: lease?.phase ?? null,
        fraction: lease?.fraction ?? null,
        failure: row.failure,
      };
    });
    return { items, next };
  }

  /** What an account's nodes are doing now. */
  async workOf(accountId: string): Promise<WorkAnswer> {
    const leases = await this.leases.find({
      where: { accountId, state: In(live) },
      order: { grantedAt: 'ASC' },
    });
    const tasks = await this.tasks.findBy({ id: In(leases.map((lease) => lease.taskId)) });
    const byId = new Map(tasks.map((task) => [task.id, task]));
    return {
      items: leases.map((lease) => ({
        leaseId: lease.id,
        nodeId: lease.nodeId,
        kind: byId.get(lease.taskId)!.kind,
        k: byId.get(lease.taskId)!.k,
        phase: lease.phase,
        fraction: lease.fraction,
        startedAt: lease.grantedAt.toISOString(),
        expiresAt: lease.expiresAt.toISOString(),
      })),
    };
  }
}
