import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';

export const transferStates = ['checking', 'done', 'failed'] as const;
export type TransferState = (typeof transferStates)[number];

/** A copy of a plot that arrived at its new keeper and is being challenged there. */
@Entity('transfers')
@Index('one_open_transfer_per_lease', ['leaseId'], { unique: true })
@Index(['state'])
export class Transfer {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  leaseId: string;

  @Column({ type: 'uuid' })
  plotRef: string;

  @Column({ type: 'uuid' })
  fromNode: string;

  @Column({ type: 'uuid' })
  toNode: string;

  @Column({ type: 'text', default: 'checking' })
  state: TransferState;

  @Column(timeColumn)
  arrivedAt: Date;
}
