import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import {
  type BeeJudgement,
  batchesOf,
  excused,
  judgeBees,
  judgeSilence,
  type LivingBatch,
  type Stake,
} from '#libs/swarm';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { forEach } from '../../platform/for-each.js';
import { BeeChallenge, BeeCheck, type NodeEvidence } from './bee-check.entity.js';
import { BeeFacts } from './bee-facts.service.js';
import { BeeLinks } from './bee-links.service.js';
import { BeeSender } from './bee-sender.service.js';
import { ChallengeStart } from './challenge-start.service.js';
import { isNear } from './neighbourhood.js';
import { type GameNow, SwarmState } from './swarm-state.service.js';

/** Asked again sooner than usual by this factor when a check said nothing for or against a node. */
const SOONER = 8;

/** Whose stake stands behind a node; null when it does not any more. */
interface Behind {
  stake: Stake | null;
  owner: string;
}

/** Watches over open challenges: who comes to play is left alone, who is late is, and when all is in it is judged. */
@Injectable()
export class ChallengeProgress {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: BeeLinks,
    private readonly swarm: SwarmState,
    private readonly sender: BeeSender,
    private readonly starting: ChallengeStart,
    private readonly facts: BeeFacts,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  async advance(): Promise<void> {
    const open = await this.database
      .getRepository(BeeChallenge)
      .find({ where: { closedAt: IsNull() }, order: { startedAt: 'ASC' } });
    if (open.length === 0) return;
    const game = await this.swarm.game();
    await forEach(open, (challenge) => this.step(challenge, game));
  }

  private async step(challenge: BeeChallenge, game: GameNow): Promise<void> {
    const now = this.clock.now();
    let waits = false;
    for (const check of await this.checksOf(challenge)) {
      const { verdict, fault, answer, overlay, height, until } = check;
      if (verdict !== null || fault !== null || answer !== null) continue;
      if (isNear(hexToBytes(overlay), game.anchor, challenge.depth, height)) {
        await this.settle(check, excused);
        this.sender.cancel(check);
      } else if (until <= now) await this.settle(check, judgeSilence(check));
      else waits = true;
    }
    if (!waits) await this.close(challenge, game);
  }

  private async close(challenge: BeeChallenge, game: GameNow): Promise<void> {
    const { block } = game;
    const { depth, anchor1 } = challenge;
    const all = await this.checksOf(challenge);
    const batches = await this.batchesOf(all, block);
    const consensusTimeNs = await this.swarm.consensusTimeNs(block);
    const stakes = await this.stakesOf(all, block);
    const judged = judgeBees(
      { depth, anchor1, block, consensusTimeNs },
      all.map((check) => ({ ...check, stake: stakes.get(check.nodeId)!.stake })),
      (id) => batches.get(id) ?? null,
      this.facts.judging,
    );
    const verdicts = all.flatMap((check, i) =>
      check.verdict === null ? [[check, judged[i]!] as const] : [],
    );
    const behind = Object.fromEntries(
      all.map(({ nodeId, answer }) => [nodeId, evidenceOf(stakes.get(nodeId)!, answer, batches)]),
    );
    const evidence = { block, consensusTimeNs: consensusTimeNs.toString(), behind };
    // all at once: what a bundle publishes is what was judged by
    await this.facts.close(challenge.id, evidence, async (manager) => {
      for (const [check, verdict] of verdicts) await this.decide(check, verdict, manager);
    });
    for (const [check, verdict] of verdicts) await this.askSooner(check, verdict);
  }

  private async settle(check: BeeCheck, judged: BeeJudgement): Promise<void> {
    await this.decide(check, judged, this.database.manager);
    await this.askSooner(check, judged);
  }

  private async decide({ id }: BeeCheck, judged: BeeJudgement, manager: EntityManager): Promise<void> {
    const decidedAt = this.clock.now();
    await manager.update(BeeCheck, { id, verdict: IsNull() }, { ...judged, decidedAt });
  }

  private async askSooner({ nodeId }: BeeCheck, { verdict }: BeeJudgement): Promise<void> {
    if (verdict === 'held' || verdict === 'invalid') return;
    await this.links.askNext(nodeId, this.starting.soon(this.config.BEE_CHECK_SECONDS / SOONER));
  }

  private checksOf({ id }: BeeChallenge): Promise<BeeCheck[]> {
    const checks = this.database.getRepository(BeeCheck);
    return checks.find({ where: { challengeId: id }, order: { id: 'ASC' } });
  }

  /** What stands behind each node now: an overlay may have been moved, or frozen, since it was asked. */
  private async stakesOf(checks: BeeCheck[], block: number) {
    const stakes = new Map<string, Behind>();
    for (const link of await this.links.everLinked(checks.map(({ nodeId }) => nodeId))) {
      const stake = link.unlinkedAt === null ? await this.links.readStake(link, block) : null;
      stakes.set(link.nodeId, { stake, owner: link.owner });
    }
    return stakes;
  }

  /** Batches that any answer names and that are alive. */
  private async batchesOf(checks: BeeCheck[], block: number): Promise<Map<string, LivingBatch>> {
    const batches = new Map<string, LivingBatch>();
    for (const id of new Set(checks.flatMap(({ answer }) => (answer === null ? [] : batchesOf(answer))))) {
      const batch = await this.swarm.batch(id, block);
      if (batch) batches.set(id, batch);
    }
    return batches;
  }
}

function evidenceOf(
  { stake, owner }: Behind,
  answer: string | null,
  batches: ReadonlyMap<string, LivingBatch>,
): NodeEvidence {
  const named = answer === null ? [] : batchesOf(answer).filter((id) => batches.has(id));
  return {
    owner,
    stake: stake && { ...stake, plur: stake.plur.toString() },
    batches: named.map((id) => batchRecord(id, batches.get(id)!)),
  };
}

const batchRecord = (id: string, { owner, depth, bucketDepth, sinceBlock }: LivingBatch) => ({
  id,
  owner: bytesToHex(owner),
  depth,
  bucketDepth,
  sinceBlock,
});
