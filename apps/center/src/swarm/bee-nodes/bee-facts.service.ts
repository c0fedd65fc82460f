import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { BeeRecord, BeeRules } from '#libs/bundle';
import type { BeeTerms } from '#libs/swarm';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { BeeChallenge, BeeCheck, type BeeEvidence } from './bee-check.entity.js';
import { SwarmState } from './swarm-state.service.js';

/** A check counts for this many times the mean time between two: the next one may come half as much later, and must wait for the game. */
const INTERVALS = 2;
/** Key of the lock that orders the end of challenges and the end of epochs. */
const LOCK = `hashtextextended('bee-challenges', 3)`;

/** What was found of Bee nodes, for epochs to pay. */
@Injectable()
export class BeeFacts {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly swarm: SwarmState,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** What is asked of evidence. */
  get judging(): BeeTerms {
    const { BEE_AGREEING, BEE_OWNED_CHUNKS, BEE_BATCHES, BEE_BATCH_BLOCKS, BEE_BATCH_OWNERS } = this.config;
    return {
      agreeing: BEE_AGREEING,
      ownedChunks: BEE_OWNED_CHUNKS,
      batches: BEE_BATCHES,
      batchBlocks: BEE_BATCH_BLOCKS,
      batchOwners: BEE_BATCH_OWNERS,
    };
  }

  /**
   * The terms as a bundle has them; null when no Bee nodes are checked here.
   * @param since end of the epoch before
   */
  rules(since: number): BeeRules | null {
    if (!this.swarm.isThere) return null;
    const { chainId, stakeRegistry, postageStamp } = this.swarm.deployment;
    const { batchOwners, ...judging } = this.judging;
    return {
      ...judging,
      batchOwners: [...batchOwners],
      chainId,
      stakeRegistry: stakeRegistry.address.toLowerCase(),
      postageStamp: postageStamp.address.toLowerCase(),
      since,
      vouchedMs: Math.round(INTERVALS * this.config.BEE_CHECK_SECONDS * 1000),
    };
  }

  /** Ends a challenge with what `judge` writes down, all at once. */
  async close(
    challengeId: string,
    evidence: BeeEvidence,
    judge: (manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      // an epoch that is being closed has all challenges that ended in it, or this one ends after it
      await manager.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
      await judge(manager);
      await manager.update(BeeChallenge, challengeId, { evidence, closedAt: this.clock.now() });
    });
  }

  /**
   * Checks of all challenges that ended within an epoch, or before it while they may still count; what is only needed to
   * judge them is there for those that no bundle has judged yet. Within the transaction that closes the epoch.
   */
  async checks(
    manager: EntityManager,
    { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
    { vouchedMs, since }: Pick<BeeRules, 'vouchedMs' | 'since'>,
  ): Promise<BeeRecord[]> {
    await manager.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const rows: JudgedCheck[] = await manager
      .createQueryBuilder(BeeCheck, 'bee')
      .innerJoin(BeeChallenge, 'challenge', 'challenge.id = bee."challengeId"')
      .select('bee.*')
      .addSelect('challenge.depth', 'depth')
      .addSelect('challenge.anchor1', 'anchor1')
      .addSelect('challenge."closedAt"', 'closedAt')
      .addSelect('challenge.evidence', 'evidence')
      .where(
        'challenge."closedAt" > :from AND challenge."closedAt" <= :endsAt AND challenge.evidence IS NOT NULL',
        {
          from: new Date(startsAt.getTime() - vouchedMs),
          endsAt,
        },
      )
      .getRawMany();
    return rows.map((row) => beeRecord(row, row.closedAt.getTime() > since));
  }
}

/** A check with its challenge's columns. */
type JudgedCheck = BeeCheck &
  Pick<BeeChallenge, 'depth' | 'anchor1'> & { closedAt: Date; evidence: BeeEvidence };

function beeRecord(row: JudgedCheck, isWhole: boolean): BeeRecord {
  const { block, consensusTimeNs, behind } = row.evidence;
  const { owner, stake, batches } = behind[row.nodeId]!;
  return {
    challenge: row.challengeId,
    check: row.id,
    closedAt: row.closedAt.getTime(),
    depth: row.depth,
    anchor1: row.anchor1,
    block,
    consensusTimeNs,
    node: row.nodeId,
    account: row.accountId,
    owner,
    overlay: row.overlay,
    height: row.height,
    anchor2: row.anchor2,
    commitment: row.commitment,
    fault: row.fault,
    stake,
    answer: isWhole ? row.answer : null,
    batches: isWhole ? batches : [],
    verdict: row.verdict!,
    reason: row.reason,
    lacks: row.lacks,
  };
}
