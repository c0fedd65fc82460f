import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bytesColumn, timeColumn } from '../../platform/database/columns.js';
import type { SampleFault } from './judge-sample.js';

/** `held`: what was opened is what was committed to; `silent`: no answer in time; else what was wrong. */
export type SampleVerdict = 'held' | 'silent' | 'answer-invalid' | SampleFault;

/** One keyed audit of a replica. Append-only. */
@Entity('replica_audits')
@Index('replica_audits_of_keeper', ['replicaId', 'nodeId', 'at'])
export class ReplicaAudit {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  replicaId: string;

  @Column({ type: 'uuid' })
  plotRef: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  /** 32 bytes, hex. */
  @Column({ type: 'text' })
  anchor: string;

  /** Chunks that were to be read: the first, and how many. */
  @Column(bytesColumn)
  first: number;

  @Column({ type: 'integer' })
  chunks: number;

  /** What the keeper committed to, hex; null when it did not. */
  @Column({ type: 'text', nullable: true })
  commitment: string | null;

  /** The largest transformed address of the sample, hex: how many chunks were read follows from it. */
  @Column({ type: 'text', nullable: true })
  last: string | null;

  @Column({ type: 'text' })
  verdict: SampleVerdict;

  @Column({ type: 'integer' })
  tookMs: number;

  @Column(timeColumn)
  at: Date;
}
