import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { amountColumn, timeColumn } from '../../platform/database/columns.js';

/** Accounts of the book. `campaign:external` is the world outside: what was paid in came from there. */
export const ledgerAccounts = [
  'campaign:external',
  'campaign:funded',
  'campaign:committed',
  'contributor:held',
  'contributor:released',
  'contributor:published',
  'contributor:paid',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

/** One entry of the book. Its postings sum to zero; rows are never changed (triggers see to both). */
@Entity('ledger_transactions')
export class LedgerTransaction {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column({ type: 'uuid' })
  campaignId: string;

  /** What happened: fund, accrue, release, publish, pay. */
  @Column({ type: 'text' })
  kind: string;

  /** Said twice, booked once. */
  @Column({ type: 'text', unique: true })
  key: string;

  @Column(timeColumn)
  at: Date;
}

@Entity('ledger_postings')
@Index(['campaignId', 'account', 'owner'])
export class LedgerPosting {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Index()
  @Column({ type: 'uuid' })
  transactionId: string;

  @ManyToOne(() => LedgerTransaction)
  @JoinColumn({ name: 'transactionId' })
  transaction: Relation<LedgerTransaction>;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'text' })
  account: LedgerAccount;

  /** The contributor; null for the campaign's own accounts. */
  @Column({ type: 'uuid', nullable: true })
  owner: string | null;

  /** Token contract, EIP-55. */
  @Column({ type: 'text' })
  token: string;

  /** Base units; what comes in is positive. */
  @Column(amountColumn)
  amount: bigint;
}
