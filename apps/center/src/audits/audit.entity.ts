import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import type { RoundKind, Verdict } from '#libs/protocol';
import { bytesColumn, timeColumn } from '../platform/database/columns.js';

/** One beacon. `broadcast`: for every node; `acceptance`, `custody`: about one plot, to one node. */
@Entity('rounds')
@Index(['closedAt', 'closesAt'])
@Index(['campaignId', 'kind', 'sentAt'])
@Unique('one_beacon_per_index', ['epochId', 'index'])
export class Round {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  epochId: string;

  @Column({ type: 'text' })
  kind: RoundKind;

  /** Position in the epoch: beacon = sha256(epoch secret ‖ index ‖ block hash). */
  @Column({ type: 'integer' })
  index: number;

  /** 32 bytes, hex. */
  @Column({ type: 'text' })
  beacon: string;

  @Column({ type: 'integer', nullable: true })
  blockNumber: number | null;

  /** 32 bytes, hex; null when the chain could not be read. */
  @Column({ type: 'text', nullable: true })
  blockHash: string | null;

  /** 0 … 2^32. */
  @Column({ type: 'bigint', transformer: { to: (v: number) => v, from: Number } })
  threshold: number;

  /** For a round about one plot: its row id. */
  @Index()
  @Column({ type: 'uuid', nullable: true })
  onlyPlot: string | null;

  @Column(timeColumn)
  sentAt: Date;

  @Column(timeColumn)
  deadlineAt: Date;

  /** Until then an answer is still taken in, as late. */
  @Column(timeColumn)
  closesAt: Date;

  @Column({ ...timeColumn, nullable: true })
  closedAt: Date | null;
}

/** One plot's duty in one round. */
@Entity('checks')
@Unique('one_check_per_plot_and_round', ['roundId', 'plotRef'])
@Index(['nodeId', 'sentAt'])
@Index(['accountId', 'sentAt'])
@Index(['plotRef', 'sentAt'])
export class Check {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  roundId: string;

  @ManyToOne(() => Round)
  @JoinColumn({ name: 'roundId' })
  round: Relation<Round>;

  @Column({ type: 'uuid' })
  plotRef: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column(timeColumn)
  sentAt: Date;

  /** 0 … 2^32: how many of its node's plots were due, so that each node is asked often enough. */
  @Column({ ...bytesColumn, default: 2 ** 32 })
  threshold: number;

  /** Silent, although the node was heard of while it should have answered. */
  @Column({ type: 'boolean', default: false })
  withheld: boolean;

  /** Null while the round is open. */
  @Column({ type: 'text', nullable: true })
  verdict: Verdict | null;

  /** What the answer said the plot was, where that is not what is registered: its kind … */
  @Column({ type: 'text', nullable: true })
  claimedKind: string | null;

  /** … and k. */
  @Column({ type: 'integer', nullable: true })
  claimedK: number | null;

  @Column({ type: 'integer', nullable: true })
  subIndex: number | null;

  /** As answered, hex. */
  @Column({ type: 'text', nullable: true })
  proof: string | null;

  /** The node's, over the answer; hex. */
  @Column({ type: 'text', nullable: true })
  answerSignature: string | null;

  @Column({ ...timeColumn, nullable: true })
  receivedAt: Date | null;

  /** The center's, over the receipt; hex. */
  @Column({ type: 'text', nullable: true })
  receiptSignature: string | null;
}
