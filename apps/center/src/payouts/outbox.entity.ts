import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { amountColumn, timeColumn } from '../platform/database/columns.js';

/** `fill`: uses up a nonce that nobody used, so that what waits behind it can be mined. */
export type Purpose = 'propose' | 'approve' | 'activate' | 'push' | 'fill';

/** `replaced`: its nonce was used by another transaction of the same key. */
export const outboxStates = ['waiting', 'final', 'reverted', 'replaced'] as const;
export type OutboxState = (typeof outboxStates)[number];

/** One thing to be done on chain: one nonce, however often it is sent. */
@Entity('outbox')
@Unique('one_use_of_a_nonce', ['chainId', 'sender', 'nonce'])
@Index('one_live_transaction_per_key', ['key'], { unique: true, where: `state IN ('waiting', 'final')` })
export class OutboxTransaction {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** What it does; done once. */
  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'text' })
  purpose: Purpose;

  @Index()
  @Column({ type: 'uuid' })
  rootId: string;

  @Column({ type: 'integer' })
  chainId: number;

  /** EIP-55. */
  @Column({ type: 'text' })
  sender: string;

  @Column({ type: 'integer' })
  nonce: number;

  @Column({ type: 'text' })
  to: string;

  /** 0x hex. */
  @Column({ type: 'text' })
  data: string;

  @Column(amountColumn)
  gasLimit: bigint;

  @Column({ type: 'text', default: 'waiting' })
  state: OutboxState;

  /** Whether what it did is in the ledger. */
  @Column({ type: 'boolean', default: false })
  booked: boolean;

  /** Once it is final. */
  @Column({ ...amountColumn, nullable: true })
  gasUsed: bigint | null;

  /** Contributors that a push really paid, once it is booked. */
  @Column({ type: 'integer', nullable: true })
  payees: number | null;

  @Column(timeColumn)
  createdAt: Date;

  @OneToMany(
    () => OutboxAttempt,
    (attempt) => attempt.transaction,
  )
  attempts: Relation<OutboxAttempt>[];
}

/** One signed form of it, stored before it is sent. */
@Entity('outbox_attempts')
export class OutboxAttempt {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column({ type: 'uuid' })
  transactionId: string;

  @ManyToOne(
    () => OutboxTransaction,
    (transaction) => transaction.attempts,
  )
  @JoinColumn({ name: 'transactionId' })
  transaction: Relation<OutboxTransaction>;

  @Column({ type: 'text', unique: true })
  hash: string;

  @Column({ type: 'text' })
  raw: string;

  /** Wei per gas. */
  @Column(amountColumn)
  maxFeePerGas: bigint;

  @Column(amountColumn)
  maxPriorityFeePerGas: bigint;

  @Column(timeColumn)
  signedAt: Date;
}
