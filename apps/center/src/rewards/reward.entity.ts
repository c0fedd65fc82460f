import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { LineKind, LineReason } from '#libs/ruleset';
import { amountColumn, timeColumn } from '../platform/database/columns.js';

/** An epoch whose facts were turned into reward lines, once. */
@Entity('epoch_closings')
export class EpochClosing {
  @PrimaryColumn({ type: 'uuid' })
  epochId: string;

  @Index()
  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'integer' })
  epochIndex: number;

  @Column({ type: 'text' })
  ruleset: string;

  @Column({ type: 'integer' })
  ratesVersion: number;

  /** New promises, base units. */
  @Column(amountColumn)
  accrued: bigint;

  /** Hash of the bundle's manifest, hex. */
  @Column({ type: 'text' })
  dataHash: string;

  @Column(timeColumn)
  closedAt: Date;
}

/** Why an account got something in an epoch. */
@Entity('reward_lines')
@Index(['accountId', 'at'])
@Index(['campaignId', 'kind', 'plotId'])
@Index('one_line_of_a_kind_per_plot', ['plotId', 'kind'], { unique: true, where: '"plotId" IS NOT NULL' })
export class RewardLineRow {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Index()
  @Column({ type: 'uuid' })
  epochId: string;

  @Column({ type: 'integer' })
  epochIndex: number;

  /** End of the epoch. */
  @Column(timeColumn)
  at: Date;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'uuid', nullable: true })
  nodeId: string | null;

  /** Row id of the plot, for plotting lines. A plot earns each kind of line once. */
  @Column({ type: 'uuid', nullable: true })
  plotId: string | null;

  @Column({ type: 'text' })
  kind: LineKind;

  @Column(amountColumn)
  amount: bigint;

  @Column({ type: 'text' })
  quantity: string;

  @Column({ type: 'text' })
  unit: string;

  @Column({ type: 'text' })
  rate: string;

  @Column({ type: 'jsonb' })
  reason: LineReason;
}
