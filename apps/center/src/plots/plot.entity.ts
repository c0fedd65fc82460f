import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import type { PlotState } from '#libs/protocol';
import { bytesColumn, timeColumn } from '../platform/database/columns.js';

/** A plot somebody made for a lease. Unique by its kind, what of its id counts in that kind, and k. */
@Entity('plots')
@Unique('plot_once', ['kind', 'significantId', 'k'])
@Index(['campaignId', 'state'])
export class Plot {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** 32 bytes, hex. */
  @Index()
  @Column({ type: 'text' })
  plotId: string;

  /** What of it counts in its kind, hex: the first 31 bytes in chia-v1, where byte 31 is not in the proof. */
  @Column({ type: 'text' })
  significantId: string;

  @Column({ type: 'integer' })
  k: number;

  /** Proof format. */
  @Column({ type: 'text' })
  kind: string;

  /** Farmer public key and contract address of the memo; its secret part is not kept here. */
  @Column({ type: 'text' })
  farmerPublicKey: string;

  @Column({ type: 'text' })
  contractPuzzleHash: string;

  @Column(bytesColumn)
  plotBytes: number;

  @Column({ type: 'text' })
  contentRoot: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  /** Who made it. */
  @Index()
  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  /** A lease makes one plot. */
  @Column({ type: 'uuid', unique: true })
  leaseId: string;

  @Column({ type: 'text', default: 'registered' })
  state: PlotState;

  @Column(timeColumn)
  registeredAt: Date;

  @Column({ ...timeColumn, nullable: true })
  acceptedAt: Date | null;
}

/** Who keeps a plot, from when to when. One at a time. */
@Entity('custodies')
@Index('one_keeper_per_plot', ['plotRef'], { unique: true, where: '"untilAt" IS NULL' })
@Index(['nodeId', 'untilAt'])
@Index(['campaignId', 'fromAt'])
@Index('custodies_by_change', ['campaignId', 'changedIn'])
export class Custody {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Row id of the plot. */
  @Column({ type: 'uuid' })
  plotRef: string;

  @ManyToOne(() => Plot)
  @JoinColumn({ name: 'plotRef' })
  plot: Relation<Plot>;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  /** Whether the node offered to store; a plotter that waits for a mover keeps without pay. */
  @Column({ type: 'boolean' })
  storing: boolean;

  @Column(timeColumn)
  fromAt: Date;

  @Column({ ...timeColumn, nullable: true })
  untilAt: Date | null;

  /** The database transaction that wrote it, or its plot's state, last; kept by triggers. */
  @Column({ type: 'bigint', default: 0, insert: false, update: false, select: false })
  changedIn: string;
}
