import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';

/** Where an account is paid from `effectiveAt` on, unless it was called off before. Rows are never removed. */
@Entity('payout_addresses')
@Index(['accountId', 'effectiveAt'])
export class PayoutAddress {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  accountId: string;

  /** EIP-55. */
  @Column({ type: 'text' })
  address: string;

  @Column(timeColumn)
  setAt: Date;

  @Column(timeColumn)
  effectiveAt: Date;

  /** Replaced or called off while it waited: it never took effect. */
  @Column({ ...timeColumn, nullable: true })
  cancelledAt: Date | null;
}
