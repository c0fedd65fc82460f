import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { hexToBytes } from '#libs/protocol';
import { ROUND_BLOCKS } from '#libs/swarm';
import { Clock } from '../../platform/clock.js';
import type { GameEvent } from '../incentives/redistribution.js';
import { BeeGameEvent, BeeGameScan, type GameKind } from './bee-game.entity.js';
import { BeeLinks } from './bee-links.service.js';
import type { BeeNode } from './bee-node.entity.js';
import { isNear } from './neighbourhood.js';
import { SwarmState } from './swarm-state.service.js';

/** Blocks asked for in one call, and calls in one go: providers bound both. */
const WINDOW_BLOCKS = 2_000;
const WINDOWS = 5;
const SCAN_EVERY_MS = 60_000;
const STAKE_EVERY_MS = 300_000;
const STAKES_AT_ONCE = 50;

interface Counted {
  count: number;
  /** Of the last one. */
  round: number | null;
}
export type GameCounts = Record<GameKind, Counted>;

/** What the chain says of linked nodes: their stakes, and the game's events from when the first of them was linked. */
@Injectable()
export class GameHistory {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: BeeLinks,
    private readonly swarm: SwarmState,
    private readonly clock: Clock,
  ) {}

  /** Reads on, a bounded number of blocks. */
  async readOn(): Promise<void> {
    const linked = await this.links.linked();
    if (linked.length === 0) return;
    const now = this.clock.now().getTime();
    const old = linked.filter(({ stakeReadAt }) => now - (stakeReadAt?.getTime() ?? 0) >= STAKE_EVERY_MS);
    const scans = this.database.getRepository(BeeGameScan);
    const { confirmations, redistribution } = this.swarm.deployment;
    const contract = redistribution.address.toLowerCase();
    const scan = await scans.findOneBy({ contract });
    const isDue = !scan || now - scan.scannedAt.getTime() >= SCAN_EVERY_MS;
    if (old.length === 0 && !isDue) return;
    const head = await this.swarm.head();
    for (const link of old.slice(0, STAKES_AT_ONCE)) await this.links.readStake(link, head);
    if (!isDue) return;
    const final = head - confirmations + 1;
    const { depth } = await this.swarm.game();
    let next = scan?.nextBlock ?? Math.max(redistribution.fromBlock, final);
    for (let windows = 0; next <= final && windows < WINDOWS; windows++) {
      const last = Math.min(final, next + WINDOW_BLOCKS - 1);
      const found = this.ownOf(await this.swarm.events(next, last), linked, depth);
      next = last + 1;
      await this.database.transaction(async (manager) => {
        await manager.createQueryBuilder().insert().into(BeeGameEvent).values(found).orIgnore().execute();
        await manager.save(BeeGameScan, { contract, nextBlock: next, scannedAt: this.clock.now() });
      });
    }
  }

  /** How often each overlay did what, since it was linked. */
  async counts(overlays: string[]): Promise<Map<string, GameCounts>> {
    const rows: { overlay: string; kind: GameKind; count: string; round: number }[] = await this.database
      .getRepository(BeeGameEvent)
      .createQueryBuilder('event')
      .select(['event.overlay AS overlay', 'event.kind AS kind'])
      .addSelect('COUNT(DISTINCT event.round)', 'count')
      .addSelect('MAX(event.round)', 'round')
      .where('event.overlay = ANY(:overlays)', { overlays })
      .groupBy('event.overlay, event.kind')
      .getRawMany();
    const none: Counted = { count: 0, round: null };
    const counts = new Map<string, GameCounts>(
      overlays.map((overlay) => [overlay, { selected: none, played: none, won: none, frozen: none }]),
    );
    for (const { overlay, kind, count, round } of rows)
      counts.get(overlay)![kind] = { count: Number(count), round };
    return counts;
  }

  /** When events were read last; null: never. */
  async readAt(): Promise<Date | null> {
    const [scan] = await this.database
      .getRepository(BeeGameScan)
      .find({ take: 1, order: { scannedAt: 'DESC' } });
    return scan?.scannedAt ?? null;
  }

  private ownOf(events: GameEvent[], linked: BeeNode[], depth: number | null): BeeGameEvent[] {
    const overlays = new Set(linked.map(({ overlay }) => overlay));
    return events.flatMap((event): BeeGameEvent[] => {
      const { block, logIndex } = event;
      const round = 'round' in event ? event.round : Math.floor(block / ROUND_BLOCKS);
      if (event.kind === 'anchor')
        return linked
          .filter(({ overlay, stake }) => {
            const [near, anchor] = [hexToBytes(overlay), hexToBytes(event.anchor)];
            return stake && depth !== null && isNear(near, anchor, depth, stake.height);
          })
          .map(({ overlay }) => ({ block, logIndex, overlay, kind: 'selected' as const, round }));
      if (!overlays.has(event.overlay)) return [];
      const kind = event.kind === 'committed' ? 'played' : event.kind;
      return [{ block, logIndex, overlay: event.overlay, kind, round }];
    });
  }
}
