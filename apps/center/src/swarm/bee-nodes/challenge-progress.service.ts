import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, Not } from 'typeorm';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import { type Batch, PROOF_NAMES, parseRcHash } from '#libs/swarm';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { Entropy } from '../../platform/entropy.js';
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

/** Brings open challenges forward: commitments first, then the anchor that decides what is opened, then the judgement. */
@Injectable()
export class ChallengeProgress {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: BeeLinks,
    private readonly swarm: SwarmState,
    private readonly sender: BeeSender,
    private readonly starting: ChallengeStart,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  async advance(): Promise<void> {
    const open = await this.database
      .getRepository(BeeChallenge)
      .find({ where: { state: Not('closed') }, order: { startedAt: 'ASC' } });
    if (open.length === 0) return;
    const game = await this.swarm.game();
    await forEach(open, (challenge) => this.step(challenge, game));
  }

  private async step(challenge: BeeChallenge, game: GameNow): Promise<void> {
    const { state, until, depth } = challenge;
    const committing = state === 'committing';
    const all = await this.checksOf(challenge);
    const waiting: BeeCheck[] = [];
    for (const check of all.filter(({ verdict }) => verdict === null)) {
      const waits = check.fault === null && (committing ? check.commitment : check.answer) === null;
      if (waits && isNear(hexToBytes(check.overlay), game.anchor, depth, check.height)) {
        await this.decide(check, excused);
        this.sender.cancel(check);
      } else if (waits) waiting.push(check);
    }
    if (waiting.length > 0 && this.clock.now() < until) return;
    for (const check of waiting) await this.decide(check, judgeSilence(check));
    await (committing ? this.open(challenge) : this.close(challenge, game));
  }

  /** Every commitment that will come is in: now, and not before, it is drawn what has to be opened. */
  private async open(challenge: BeeChallenge): Promise<void> {
    const { id } = challenge;
    const checks = (await this.checksOf(challenge)).filter(({ verdict }) => verdict === null);
    for (const check of checks) if (check.fault) await this.decide(check, judgeSilence(check));
    const left = checks.filter(({ fault }) => fault === null);
    const challenges = this.database.getRepository(BeeChallenge);
    if (left.length === 0) {
      await challenges.update(id, { state: 'closed' });
      return;
    }
    const until = new Date(this.clock.now().getTime() + this.config.BEE_SAMPLE_SECONDS * 1000);
    const anchor2 = bytesToHex(this.entropy.bytes(32));
    await challenges.update(id, { state: 'opening', anchor2, until });
    for (const { nodeId } of left) await this.sender.ask(nodeId);
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
      const { answer, commitment, accountId } = check;
      if (answer === null || commitment === null) {
        await this.decide(check, judgeSilence(check));
        continue;
      }
      const batches = await this.batchesOf(answer, game.block);
      const judged = judgeAnswer(
        answer,
        {
          anchor1: hexToBytes(challenge.anchor1),
          anchor2: hexToBytes(challenge.anchor2!),
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
    await this.database.getRepository(BeeChallenge).update(challenge.id, { state: 'closed' });
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
