import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BeeFault } from '#libs/protocol';
import type { BeeGap, BeeReason, BeeVerdict, LivingBatch, Stake } from '#libs/swarm';
import { timeColumn } from '../../platform/database/columns.js';

/** What the chain said when a challenge was judged; numbers beyond 2^53 as digits. */
export interface BeeEvidence {
  block: number;
  consensusTimeNs: string;
  /** What stood behind each node, by its id. */
  behind: Record<string, NodeEvidence>;
}

export interface NodeEvidence {
  /** Whose stake it is: 0x and lower-case hex. */
  owner: string;
  stake: (Omit<Stake, 'plur'> & { plur: string }) | null;
  /** Those its answer names that are alive; hex. */
  batches: (Pick<LivingBatch, 'depth' | 'bucketDepth' | 'sinceBlock'> & { id: string; owner: string })[];
}

/** What a neighbourhood is asked: every linked node of it the same, so that their reserves can be compared. */
@Entity('bee_challenges')
export class BeeChallenge {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** Bits that chunks share with the first anchor: what the network last agreed on. */
  @Column({ type: 'integer' })
  depth: number;

  /** 32 bytes hex, within the neighbourhood. */
  @Column({ type: 'text' })
  anchor1: string;

  @Index('bee_challenges_open', { where: '"closedAt" IS NULL' })
  @Column(timeColumn)
  startedAt: Date;

  /** When every check of it had its verdict. */
  @Index('bee_challenges_closed')
  @Column({ ...timeColumn, nullable: true })
  closedAt: Date | null;

  /** Null: open, or closed before this was kept. */
  @Column({ type: 'jsonb', nullable: true })
  evidence: BeeEvidence | null;
}

/** One node's part in a challenge. Once it has a verdict it does not change. */
@Entity('bee_checks')
@Index('bee_checks_of_node', ['nodeId', 'startedAt'])
export class BeeCheck {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Index('bee_checks_of_challenge')
  @Column({ type: 'uuid' })
  challengeId: string;

  @Index('bee_check_open', { unique: true, where: '"verdict" IS NULL' })
  @Column({ type: 'uuid' })
  nodeId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'text' })
  overlay: string;

  /** Doubling of its reserve that was declared when it was asked. */
  @Column({ type: 'integer' })
  height: number;

  @Column(timeColumn)
  startedAt: Date;

  /** Until when its present step is waited for. */
  @Column(timeColumn)
  until: Date;

  /** Hash of its reserve before it knew the second anchor, hex. */
  @Column({ type: 'text', nullable: true })
  commitment: string | null;

  /** Says what is to be opened; drawn when it had committed itself, and each node has its own. 32 bytes hex. */
  @Column({ type: 'text', nullable: true })
  anchor2: string | null;

  /** How long its first sample took, as it says. */
  @Column({ type: 'double precision', nullable: true })
  seconds: number | null;

  /** Its answer of `/rchash`, whole, for anybody to judge again. */
  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'text', nullable: true })
  fault: BeeFault | null;

  /** Null: still open. */
  @Column({ type: 'text', nullable: true })
  verdict: BeeVerdict | null;

  @Column({ type: 'text', nullable: true })
  reason: BeeReason | null;

  /** What is missing before it counts as evidence. */
  @Column({ type: 'jsonb', default: [] })
  lacks: BeeGap[];

  /** The sample's last transformed address, hex: how large the reserve is follows from it. */
  @Column({ type: 'text', nullable: true })
  last: string | null;

  @Column({ ...timeColumn, nullable: true })
  decidedAt: Date | null;
}
