import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amountColumn, timeColumn } from '../../platform/database/columns.js';

const key = { primaryKeyConstraintName: 'PK_payout_wishes' };

/** What a contributor asks of payouts of one campaign. Without a row everything due is sent. */
@Entity('payout_wishes')
export class PayoutWish {
  @PrimaryColumn({ type: 'uuid', ...key })
  accountId: string;

  @PrimaryColumn({ type: 'uuid', ...key })
  campaignId: string;

  /** Base units; less than this is not sent. */
  @Column(amountColumn)
  minimum: bigint;

  /** The most that the expected fee may be of a payout, in 1/10000; null for any. */
  @Column({ type: 'integer', nullable: true })
  maxFeeBps: number | null;

  @Column(timeColumn)
  changedAt: Date;
}
