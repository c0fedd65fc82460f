import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Log } from '../platform/log.js';
import { Node } from './node.entity.js';

/** How often "last seen" of a node is written at most. */
const SEEN_EVERY_MS = 5_000;
/** What was heard in this time is written together: of thousands of nodes one says something every few milliseconds. */
const GATHER_MS = 500;

/** When nodes were last heard of: whatever comes from a node, and be it the echo of a ping, is a sign of life. */
@Injectable()
export class Sightings implements OnApplicationShutdown {
  /** By node, what this process heard last, and what of it is written. */
  private readonly latest = new Map<string, Date>();
  private readonly written = new Map<string, number>();
  private waiting = new Map<string, Date>();
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    @InjectRepository(Node) private readonly nodes: Repository<Node>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  heard(nodeId: string): void {
    const now = this.clock.now();
    this.latest.set(nodeId, now);
    if (now.getTime() - (this.written.get(nodeId) ?? 0) < SEEN_EVERY_MS) return;
    this.written.set(nodeId, now.getTime());
    this.waiting.set(nodeId, now);
    if (!this.stopped) this.timer ??= setTimeout(() => void this.write(), GATHER_MS);
  }

  /** When a node was last heard of, by this process or, as far as it is written, by another; null: never. */
  lastOf({ id, lastSeenAt }: Pick<Node, 'id' | 'lastSeenAt'>): Date | null {
    const here = this.latest.get(id);
    return here && (!lastSeenAt || here > lastSeenAt) ? here : lastSeenAt;
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async write(): Promise<void> {
    const heard = [...this.waiting];
    this.waiting = new Map();
    try {
      // rows in one order, so that processes do not wait for each other in a circle
      await this.nodes.query(
        `WITH heard AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) AS h(id, at)),
           locked AS (SELECT id FROM nodes WHERE id IN (SELECT id FROM heard) ORDER BY id FOR NO KEY UPDATE)
         UPDATE nodes SET "lastSeenAt" = heard.at FROM heard JOIN locked USING (id)
         WHERE nodes.id = heard.id AND (nodes."lastSeenAt" IS NULL OR nodes."lastSeenAt" < heard.at)`,
        [heard.map(([nodeId]) => nodeId), heard.map(([, at]) => at)],
      );
    } catch (error) {
      // the next sign of life says the same
      if (!this.stopped) this.log.warn('sightings of nodes could not be written', error);
    } finally {
      const more = this.waiting.size > 0 && !this.stopped;
      this.timer = more ? setTimeout(() => void this.write(), GATHER_MS) : undefined;
    }
  }
}
