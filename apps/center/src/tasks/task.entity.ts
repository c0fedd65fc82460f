import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';

export const taskStates = ['open', 'leased', 'done', 'failed', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];
export type TaskKind = 'plot' | 'move' | 'replica';

/** Work to be done once. */
@Entity('tasks')
@Index(['state', 'kind', 'createdAt'])
@Index(['campaignId', 'kind', 'state'])
export class TaskRow {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'text' })
  kind: TaskKind;

  @Column({ type: 'text', default: 'open' })
  state: TaskState;

  /** Proof format of the plot it is about. */
  @Column({ type: 'text' })
  plotKind: string;

  @Column({ type: 'integer' })
  k: number;

  /** For a move the plot, for a replica the replica: its row id. */
  @Column({ type: 'uuid', nullable: true })
  plotRef: string | null;

  /** For a move or a replica: bytes to reserve. */
  @Column({ type: 'bigint', default: 0, transformer: { to: (v?: number) => v, from: Number } })
  plotBytes: number;

  /** For a move: not to this node, which has it. */
  @Column({ type: 'uuid', nullable: true })
  notNodeId: string | null;

  /** How many leases were granted for it. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'text', nullable: true })
  failure: string | null;

  @Column(timeColumn)
  notBefore: Date;

  @Column(timeColumn)
  createdAt: Date;
}

/** `checking`: the node says it is done, the center is finding out; such a lease does not expire. */
export const leaseStates = ['active', 'checking', 'completed', 'expired', 'failed'] as const;
export type LeaseState = (typeof leaseStates)[number];

/** One node's right to do a task, as long as it is heard of. */
@Entity('leases')
@Index('one_live_lease_per_task', ['taskId'], { unique: true, where: `state IN ('active', 'checking')` })
@Index(['nodeId', 'state'])
export class Lease {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  taskId: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'text', default: 'active' })
  state: LeaseState;

  /** For plotting: the contributor's own contract address that was handed out, hex. */
  @Column({ type: 'text', nullable: true })
  contractPuzzleHash: string | null;

  @Column({ type: 'text', default: 'granted' })
  phase: string;

  @Column({ type: 'real', default: 0 })
  fraction: number;

  @Column(timeColumn)
  grantedAt: Date;

  @Column(timeColumn)
  expiresAt: Date;
}
