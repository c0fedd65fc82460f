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

/**
 * `waiting` for an admin's word; `approved`: its dispute time runs; `open`: cheques are issued under it; `done`: a later
 * round is open; `stopped` by an admin: what it held is in the round after the next epoch.
 */
export const chequeRoundStates = ['waiting', 'approved', 'open', 'done', 'stopped'] as const;
export type ChequeRoundState = (typeof chequeRoundStates)[number];

/** What a campaign's newest bundle says is due by cheque, on its way through approval and dispute time. */
@Entity('cheque_rounds')
@Unique('cheque_round_numbers', ['campaignId', 'number'])
export class ChequeRound {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_cheque_rounds' })
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  /** Counts up by one in a campaign. */
  @Column({ type: 'integer' })
  number: number;

  /** The newest epoch whose lines are in it. */
  @Column({ type: 'integer' })
  epochIndex: number;

  /** Of the bundle's payout tree: what was published is what is signed. */
  @Column({ type: 'text' })
  treeRoot: string;

  /** Hash of the bundle's manifest, 0x hex. */
  @Column({ type: 'text' })
  dataHash: string;

  @Column({ type: 'text', default: 'waiting' })
  state: ChequeRoundState;

  /** Base units due, and to how many accounts, when it was made. */
  @Column(amountColumn)
  amount: bigint;

  @Column({ type: 'integer' })
  recipients: number;

  /** The admin who approved or stopped it. */
  @Column({ type: 'uuid', nullable: true })
  decidedBy: string | null;

  /** From here on its dispute time runs. */
  @Column({ ...timeColumn, nullable: true })
  approvedAt: Date | null;

  /** How often cheques were issued under it, … */
  @Column({ type: 'integer', default: 0 })
  issues: number;

  /** … and how many accounts asked to wait when that was last looked at. */
  @Column({ type: 'integer', default: 0 })
  held: number;

  @Column({ ...timeColumn, nullable: true })
  lookedAt: Date | null;

  @Column(timeColumn)
  createdAt: Date;
}

/** A cheque. The row is there before it is signed, and but for the signature never changes (triggers see to that). */
@Entity('cheques')
@Unique('cheque_numbers', ['chainId', 'chequebook', 'beneficiary', 'number'])
@Index('cheques_of_payee', ['campaignId', 'beneficiary', 'number'])
@Index('cheques_at_beneficiary', ['beneficiary'])
@Index('unsigned_cheques', ['campaignId'], { where: 'signature IS NULL' })
export class Cheque {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_cheques' })
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  roundId: string;

  @ManyToOne(() => ChequeRound)
  @JoinColumn({ name: 'roundId', foreignKeyConstraintName: 'FK_cheques_round' })
  round: Relation<ChequeRound>;

  @Column({ type: 'integer' })
  chainId: number;

  /** EIP-55, both. */
  @Column({ type: 'text' })
  chequebook: string;

  @Column({ type: 'text' })
  beneficiary: string;

  /** Counts up by one for each beneficiary of a chequebook. */
  @Column({ type: 'integer' })
  number: number;

  /** Base units that the beneficiary may have taken in all: more than in the cheque before. */
  @Column(amountColumn)
  cumulativePayout: bigint;

  @Column(timeColumn)
  createdAt: Date;

  @Column({ type: 'text', nullable: true })
  signature: string | null;

  @Column({ ...timeColumn, nullable: true })
  signedAt: Date | null;
}

const partKey = { primaryKeyConstraintName: 'PK_cheque_parts' };

/** Whose part of what a cheque adds is whose: several accounts may be paid at one address. */
@Entity('cheque_parts')
export class ChequePart {
  @PrimaryColumn({ type: 'uuid', ...partKey })
  chequeId: string;

  @ManyToOne(() => Cheque)
  @JoinColumn({ name: 'chequeId', foreignKeyConstraintName: 'FK_cheque_parts_cheque' })
  cheque: Relation<Cheque>;

  @Index('cheque_parts_of_account')
  @PrimaryColumn({ type: 'uuid', ...partKey })
  accountId: string;

  /** Base units, not cumulative. */
  @Column(amountColumn)
  amount: bigint;
}

const payeeKey = { primaryKeyConstraintName: 'PK_cheque_payees' };

/** What a beneficiary has cashed, as booked from final blocks. */
@Entity('cheque_payees')
export class ChequePayee {
  @PrimaryColumn({ type: 'uuid', ...payeeKey })
  campaignId: string;

  @PrimaryColumn({ type: 'text', ...payeeKey })
  beneficiary: string;

  /** Base units, `paidOut` of the contract. */
  @Column(amountColumn)
  cashed: bigint;

  /** The most that a cheque handed in said: with less cashed than this it has bounced. */
  @Column(amountColumn)
  asked: bigint;

  /** Of the last time. */
  @Column({ type: 'text' })
  tx: string;

  @Column({ type: 'integer' })
  blockNumber: number;

  @Column(timeColumn)
  bookedAt: Date;
}

/** What a campaign's chequebook was last seen to be, at a final block. */
@Entity('chequebook_readings')
export class ChequebookReading {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'PK_chequebook_readings' })
  campaignId: string;

  /** The last block whose payments are booked. */
  @Column({ type: 'integer' })
  scannedBlock: number;

  /** EIP-55. */
  @Column({ type: 'text' })
  issuer: string;

  /** Base units each. */
  @Column(amountColumn)
  balance: bigint;

  @Column(amountColumn)
  liquidBalance: bigint;

  @Column(amountColumn)
  totalPaidOut: bigint;

  @Column({ type: 'boolean' })
  bounced: boolean;

  /** Whether what is uncashed was covered, there and in the newest block. */
  @Column({ type: 'boolean' })
  covered: boolean;

  /** Base units: what is uncashed, and what would be signed if it were covered. */
  @Column(amountColumn)
  wanted: bigint;

  @Column(timeColumn)
  readAt: Date;
}
