import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../../platform/database/columns.js';
import type { Difference } from './differences.js';

/** What the last comparison of a campaign's books came to. */
@Entity('reconciliations')
export class Reconciliation {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @Column(timeColumn)
  at: Date;

  @Column({ type: 'jsonb' })
  differences: Difference[];

  /** Since when the contract has paid more than the ledger knows; a payment is booked soon after it is final. */
  @Column({ ...timeColumn, nullable: true })
  behindSince: Date | null;
}
