import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull } from 'typeorm';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import { type Batch, PROOF_NAMES, parseRcHash } from '#libs/swarm';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { forEach } from '../../platform/for-each.js';
import type { LivingBatch } from '../incentives/postage.js';
import { BeeChallenge, BeeCheck } from './bee-check.entity.js';
import { BeeLinks } from './bee-links.service.js';
import { BeeSender } from './bee-sender.service.js';
import { ChallengeStart } from './challenge-start.service.js';
import {
  agreeing,
  type BeeJudgement,
  type Committed,
  excused,
  judgeAnswer,
  judgeSilence,
  type StakeGap,
  stakeGap,
} from './judge-bee.js';
import { isNear } from './neighbourhood.js';
import { type GameNow, SwarmState } from './swarm-state.service.js';

/** Asked again sooner than usual by this factor when a check said nothing for or against a node. */
const SOONER = 8;

/** Watches over open challenges: who comes to play is left alone, who is late is, and when all is in it is judged. */
@Injectable()
export class ChallengeProgress {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: BeeLinks,
    private readonly swarm: SwarmState,
    private readonly sender: BeeSender,
    private readonly starting: ChallengeStart,
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
        await this.decide(check, excused);
        this.sender.cancel(check);
      } else if (until <= now) await this.decide(check, judgeSilence(check));
      else waits = true;
    }
    if (!waits) await this.close(challenge, game);
  }

  private async close(challenge: BeeChallenge, game: GameNow): Promise<void> {
    const all = await this.checksOf(challenge);
    const stakes = await this.stakesOf(all, game.block);
    const committed = all.flatMap(({ nodeId, accountId, commitment }): Committed[] => {
      const stake = stakes.get(nodeId);
      return commitment ? [{ accountId, commitment, plur: stake && !stake.gap ? stake.plur : 0n }] : [];
    });
    const consensusTimeNs = await this.swarm.consensusTimeNs(game.block);
    for (const check of all.filter(({ verdict }) => verdict === null)) {
      const { answer, commitment, anchor2, accountId } = check;
      if (answer === null || commitment === null || anchor2 === null) {
        await this.decide(check, judgeSilence(check));
        continue;
      }
      const batches = await this.batchesOf(answer, game.block);
      const judged = judgeAnswer(
        answer,
        {
          anchor1: hexToBytes(challenge.anchor1),
          anchor2: hexToBytes(anchor2),
          depth: challenge.depth,
          overlay: hexToBytes(check.overlay),
          height: check.height,
          consensusTimeNs,
          commitment,
          agreeing: agreeing({ accountId, commitment }, committed),
          batchOf: (id) => batches.get(bytesToHex(id)) ?? null,
        },
        {
          minAgreeing: this.config.BEE_AGREEING,
          maxOwned: this.config.BEE_OWNED_CHUNKS,
          minBatches: this.config.BEE_BATCHES,
          isTrusted: (_, id) => this.isTrusted(batches.get(bytesToHex(id)), game.block),
        },
        stakes.get(check.nodeId)!.gap,
      );
      await this.decide(check, judged);
    }
    await this.database.getRepository(BeeChallenge).update(challenge.id, { closedAt: this.clock.now() });
  }

  private async decide({ id, nodeId }: BeeCheck, judged: BeeJudgement): Promise<void> {
    await this.database
      .getRepository(BeeCheck)
      .update({ id, verdict: IsNull() }, { ...judged, decidedAt: this.clock.now() });
    const says = judged.verdict === 'held' || judged.verdict === 'invalid';
    if (!says) await this.links.askNext(nodeId, this.starting.soon(this.config.BEE_CHECK_SECONDS / SOONER));
  }

  private checksOf({ id }: BeeChallenge): Promise<BeeCheck[]> {
    const checks = this.database.getRepository(BeeCheck);
    return checks.find({ where: { challengeId: id }, order: { id: 'ASC' } });
  }

  /** What stands behind each node now: an overlay may have been moved, or frozen, since it was asked. */
  private async stakesOf(checks: BeeCheck[], block: number) {
    const linked = new Map(
      (await this.links.of(checks.map(({ nodeId }) => nodeId))).map((link) => [link.nodeId, link]),
    );
    const stakes = new Map<string, { gap: StakeGap | null; plur: bigint }>();
    for (const { nodeId, overlay } of checks) {
      const link = linked.get(nodeId);
      const stake = link ? await this.links.readStake(link, block) : null;
      stakes.set(nodeId, { gap: stakeGap(stake, overlay, block), plur: stake?.plur ?? 0n });
    }
    return stakes;
  }

  private async batchesOf(answer: string, block: number): Promise<Map<string, LivingBatch>> {
    const parsed = parseRcHash(answer);
    const batches = new Map<string, LivingBatch>();
    if ('reason' in parsed) return batches;
    const ids = PROOF_NAMES.map((name) => bytesToHex(parsed.proofs[name].stamp.batchId));
    for (const id of new Set(ids)) {
      const batch = await this.swarm.batch(id, block);
      if (batch) batches.set(id, batch);
    }
    return batches;
  }

  /** Old enough not to have been bought for this, or owned by somebody who is known. */
  private isTrusted(batch: (Batch & LivingBatch) | undefined, block: number): boolean {
    if (!batch) return false;
    const { BEE_BATCH_BLOCKS, BEE_BATCH_OWNERS } = this.config;
    return (
      block - batch.sinceBlock >= BEE_BATCH_BLOCKS ||
      BEE_BATCH_OWNERS.includes(`0x${bytesToHex(batch.owner)}`)
    );
  }
}
