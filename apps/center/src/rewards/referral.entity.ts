import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';

/** Who brought an account here. Said once, in its first days. */
@Entity('referrals')
export class Referral {
  @PrimaryColumn({ type: 'uuid' })
  accountId: string;

  @Index()
  @Column({ type: 'uuid' })
  referrerId: string;

  @Column(timeColumn)
  at: Date;
}
