import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { amountColumn, timeColumn } from '../platform/database/columns.js';
import type { HeldFor } from './wishes/held-for.js';

/** `vetoed`: the guardian voided it; what it held is in the root after the next epoch. */
export const rootStates = ['built', 'proposed', 'approved', 'active', 'paid', 'vetoed'] as const;
export type RootState = (typeof rootStates)[number];

/** Cumulative amounts of every contributor of a campaign, as one Merkle root. */
@Entity('payout_roots')
@Unique(['campaignId', 'number'])
export class PayoutRoot {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column({ type: 'uuid' })
  campaignId: string;

  /** Counts up by one in a campaign; the contract's epoch. */
  @Column({ type: 'integer' })
  number: number;

  /** The newest epoch whose lines are in it. */
  @Column({ type: 'integer' })
  epochIndex: number;

  @Column({ type: 'text' })
  prevRoot: string;

  @Column({ type: 'text' })
  root: string;

  @Column(amountColumn)
  totalUnits: bigint;

  /** Hash of the epoch's facts and lines, 0x hex. */
  @Column({ type: 'text' })
  dataHash: string;

  @Column({ type: 'text', default: 'built' })
  state: RootState;

  /** The admin who approved it; null for none yet, or automatic approval. */
  @Column({ type: 'uuid', nullable: true })
  approvedBy: string | null;

  @Column(timeColumn)
  createdAt: Date;
}

/** One contributor in a root. */
@Entity('payout_entries')
export class PayoutEntryRow {
  @PrimaryColumn({ type: 'uuid' })
  rootId: string;

  @ManyToOne(() => PayoutRoot)
  @JoinColumn({ name: 'rootId' })
  root: Relation<PayoutRoot>;

  @PrimaryColumn({ type: 'integer' })
  index: number;

  @Column({ type: 'uuid' })
  accountId: string;

  /** EIP-55. */
  @Column({ type: 'text' })
  address: string;

  /** Cumulative. */
  @Column(amountColumn)
  units: bigint;
}

/** The vector of amounts a chunk was really paid, as final on chain. */
@Entity('payout_chunks')
export class PaidChunk {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'integer' })
  chunk: number;

  /** 128 amounts of 6 bytes. */
  @Column({ type: 'bytea' })
  vector: Buffer;
}

/** How far the payments a campaign's contract made have been read. */
@Entity('payout_scans')
export class PaymentScan {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'PK_payout_scans' })
  campaignId: string;

  /** The last block, final when it was read. */
  @Column({ type: 'integer' })
  block: number;
}

/**
 * `failed`: this payee's transfer failed, or its root was vetoed; the amount stays owed and is in the next root.
 * `held`: the contributor asked to wait (`heldFor`); `carried`: it was, and is in a later payout now.
 */
export const payoutStates = ['pending', 'held', 'sent', 'confirmed', 'failed', 'carried'] as const;
export type PayoutState = (typeof payoutStates)[number];

/** What one contributor is due under a root, and what became of it. */
@Entity('payouts')
@Unique('paid_once_per_root', ['rootId', 'index'])
@Index(['accountId', 'createdAt'])
@Index('held_payouts', ['campaignId'], { where: `state = 'held'` })
export class Payout {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  rootId: string;

  @Column({ type: 'integer' })
  epochIndex: number;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'integer' })
  index: number;

  @Column({ type: 'text' })
  address: string;

  /** Not cumulative. */
  @Column(amountColumn)
  units: bigint;

  /** Base units. */
  @Column(amountColumn)
  amount: bigint;

  @Column({ type: 'text', default: 'pending' })
  state: PayoutState;

  /** Why it is held, and the base units from which on it would be sent. */
  @Column({ type: 'text', nullable: true })
  heldFor: HeldFor | null;

  @Column({ ...amountColumn, nullable: true })
  heldUntil: bigint | null;

  @Column({ type: 'text', nullable: true })
  tx: string | null;

  @Column({ type: 'integer', nullable: true })
  blockNumber: number | null;

  @Column(timeColumn)
  createdAt: Date;
}
