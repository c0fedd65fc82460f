import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amountColumn, bytesColumn, timeColumn } from '../platform/database/columns.js';

/** A held part that waits, as the last closed epoch left it (libs/ruleset, held.ts). */
@Entity('held_parts')
export class HeldPartRow {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'uuid' })
  plotRef: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column(amountColumn)
  amount: bigint;

  /** Milliseconds for which proofs vouch. */
  @Column(bytesColumn)
  keptMs: number;

  /** Until when that is known. */
  @Column(timeColumn)
  provedAt: Date;

  /** How often it was asked for in vain since then. */
  @Column({ type: 'integer' })
  missed: number;
}
