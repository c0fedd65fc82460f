import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { Clock } from '../platform/clock.js';
import { Log } from '../platform/log.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import type { TaskKind } from './task.entity.js';

/** What put a task in the queue is committed by then; the chore `queue` finds what was not. */
const SOON_MS = 50;
/** Nodes told for each open task: some cannot take it, for want of room or because it is their own. */
const TOLD_PER_TASK = 3;
/** Tasks of a kind looked at in one go. */
const MOST_TASKS = 200;

/**
 * Who waits for work, and tells as many of them as there is work for, longest waiting first: thousands of idle nodes
 * neither ask all the time nor all at once. A message may be lost: nodes ask by themselves now and then.
 */
@Injectable()
export class Openings implements OnApplicationShutdown {
  /** By kind of task, nodes that asked here and got none. */
  private readonly waiting = new Map<TaskKind, Set<string>>();
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** A node could do with a task of this kind, or could not. */
  note(nodeId: string, kind: TaskKind, waits: boolean): void {
    const nodes = this.waiting.get(kind) ?? new Set();
    this.waiting.set(kind, nodes);
    nodes.delete(nodeId);
    if (waits) nodes.add(nodeId);
  }

  /** Something may have come into the queue. */
  soon(): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.announce().catch((error) => {
        if (!this.stopped) this.log.warn('open tasks could not be announced', error);
      });
    }, SOON_MS);
  }

  /** Tells nodes that wait of what there is for them now. */
  async announce(): Promise<void> {
    if (![...this.waiting.values()].some((nodes) => nodes.size > 0)) return;
    const told = new Set<string>();
    for (const { kind, count } of await this.open()) {
      for (const nodeId of this.take(kind, count * TOLD_PER_TASK)) told.add(nodeId);
    }
    await this.sockets.sendAll([...told], 'task:available', undefined as never);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private take(kind: TaskKind, most: number): string[] {
    const nodes = this.waiting.get(kind) ?? new Set();
    const taken: string[] = [];
    for (const nodeId of nodes) {
      if (taken.length >= most) break;
      nodes.delete(nodeId);
      if (this.sockets.isHere(nodeId)) taken.push(nodeId);
    }
    return taken;
  }

  private async open(): Promise<{ kind: TaskKind; count: number }[]> {
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    const forPlots = ids(await this.campaigns.askingForPlots());
    const notClosed = ids((await this.campaigns.all()).filter(({ state }) => state !== 'closed'));
    return this.database.query(
      `SELECT kind, (SELECT COUNT(*) FROM (SELECT 1 FROM tasks t WHERE t.state = 'open' AND t.kind = kinds.kind
         AND t."notBefore" <= $1 AND t."campaignId" = ANY(CASE WHEN kinds.kind = 'plot' THEN $2::uuid[] ELSE $3::uuid[] END)
         LIMIT $4) AS found)::int AS count
       FROM unnest($5::text[]) AS kinds(kind)`,
      [this.clock.now(), forPlots, notClosed, MOST_TASKS, [...this.waiting.keys()]],
    );
  }
}
