import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull } from 'typeorm';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import { stakeGap } from '#libs/swarm';
import { NodesService } from '../../nodes/nodes.service.js';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { Entropy } from '../../platform/entropy.js';
import { randomTime } from '../random-time.js';
import { BeeChallenge, BeeCheck } from './bee-check.entity.js';
import { BeeLinks } from './bee-links.service.js';
import type { BeeNode } from './bee-node.entity.js';
import { BeeSender } from './bee-sender.service.js';
import { anchorNear, isNear } from './neighbourhood.js';
import { type GameNow, SwarmState } from './swarm-state.service.js';

/** Nodes of one neighbourhood that are asked together at most. */
const MOST_TOGETHER = 64;
/** Whose time has come and who cannot be asked yet is looked at again after about this. */
const AGAIN_SECONDS = 60;
/** Neighbourhoods that are asked in one go. */
const AT_ONCE = 8;

interface Candidate {
  node: BeeNode;
  overlay: Uint8Array;
  height: number;
}

/**
 * Begins challenges: a node's time comes at random, and with it all linked nodes of its neighbourhood are asked the same,
 * so that their reserves can be compared. They are asked in a claim phase only, when it is known who plays next, and
 * nobody whose neighbourhood plays: a sample takes the disk that the game needs.
 */
@Injectable()
export class ChallengeStart {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: BeeLinks,
    private readonly nodes: NodesService,
    private readonly swarm: SwarmState,
    private readonly sender: BeeSender,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  async startDue(): Promise<void> {
    const linked = await this.links.linked();
    const now = this.clock.now();
    for (const { nodeId, checkAt } of linked)
      if (!checkAt) await this.links.askNext(nodeId, this.soon(this.config.BEE_CHECK_SECONDS));
    const due = linked.filter(({ checkAt }) => checkAt && checkAt <= now);
    if (due.length === 0) return;
    const game = await this.swarm.game();
    const { depth, phase } = game;
    // each question costs calls to the chain: not at every turn
    for (const { nodeId } of due) await this.links.askNext(nodeId, this.soon(AGAIN_SECONDS));
    if (depth === null || phase !== 'claim') return;
    const free = await this.free(linked, game, depth);
    const asked = new Set<string>();
    for (const { nodeId } of due) {
      const first = free.find(({ node }) => node.nodeId === nodeId);
      if (!first || asked.has(nodeId)) continue;
      const bits = depth - first.height;
      const anchor = anchorNear(first.overlay, bits, this.entropy.bytes(32));
      const group = free
        .filter(
          ({ node, overlay, height }) => !asked.has(node.nodeId) && isNear(overlay, anchor, depth, height),
        )
        .slice(0, MOST_TOGETHER);
      if (!group.includes(first)) group.push(first);
      for (const { node } of group) asked.add(node.nodeId);
      await this.begin(depth, anchor, group);
      if (asked.size >= AT_ONCE * MOST_TOGETHER) break;
    }
  }

  /** About so many seconds from now. */
  soon(seconds: number): Date {
    return randomTime(this.entropy, this.clock.now(), seconds);
  }

  /** Nodes that are there, have a stake behind them, are not asked already, and whose neighbourhood plays neither now nor next. */
  private async free(linked: BeeNode[], game: GameNow, depth: number): Promise<Candidate[]> {
    const known = await this.nodes.byIds(linked.map(({ nodeId }) => nodeId));
    const open = await this.database.getRepository(BeeCheck).findBy({ verdict: IsNull() });
    const busy = new Set(open.map(({ nodeId }) => nodeId));
    const played = await this.swarm.anchorOfRound(game.round);
    const candidates: Candidate[] = [];
    for (const node of linked) {
      const client = known.get(node.nodeId);
      if (busy.has(node.nodeId) || client?.state !== 'active' || !this.nodes.isOnline(client)) continue;
      const stake = await this.links.readStake(node, game.block);
      if (stakeGap(stake, node.overlay, game.block)) continue;
      const [overlay, height] = [hexToBytes(node.overlay), stake!.height];
      const plays = [game.anchor, played].some((anchor) => isNear(overlay, anchor, depth, height));
      if (!plays) candidates.push({ node, overlay, height });
    }
    return candidates;
  }

  private async begin(depth: number, anchor: Uint8Array, group: Candidate[]): Promise<void> {
    const startedAt = this.clock.now();
    const challenge = { id: randomUUID(), depth, anchor1: bytesToHex(anchor), startedAt };
    const until = this.sender.deadline();
    const checks = group.map(({ node, height }) => {
      const { nodeId, accountId, overlay } = node;
      const id = randomUUID();
      return { id, challengeId: challenge.id, nodeId, accountId, overlay, height, startedAt, until };
    });
    await this.database.transaction(async (manager) => {
      await manager.insert(BeeChallenge, challenge);
      await manager.insert(BeeCheck, checks);
    });
    for (const { nodeId } of checks) {
      await this.links.askNext(nodeId, this.soon(this.config.BEE_CHECK_SECONDS));
      await this.sender.ask(nodeId);
    }
  }
}
