import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { bytesColumn, timeColumn } from '../../platform/database/columns.js';
import type { Cause, Stage } from './stages.js';

/** What a step rests on: checks, plots, measured figures. */
export interface Evidence {
  checks?: string[];
  plots?: string[];
  fraction?: { bps: number; lowBps: number; highBps: number; tries: number; proofs: number };
}

/** One step of a node from stage to stage, with its evidence and the appeal against it. The newest is where it stands. */
@Entity('consequences')
@Index(['nodeId', 'at'])
@Index(['accountId', 'at'])
@Index('open_appeals', ['answerDueAt'], { where: '"answeredAt" IS NULL AND "appealedAt" IS NOT NULL' })
@Index('consequences_by_plot', ['plotRef'], { where: '"plotRef" IS NOT NULL' })
export class Consequence {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'text' })
  from: Stage;

  @Column({ type: 'text' })
  to: Stage;

  @Column({ type: 'text' })
  cause: Cause;

  @Column({ type: 'jsonb' })
  evidence: Evidence;

  /** The plot whose loss it is about, or the first of those that nobody proves. */
  @Column({ type: 'uuid', nullable: true })
  plotRef: string | null;

  @Column(timeColumn)
  at: Date;

  /** When it is looked at again and, with nothing new, goes one stage better; null for an active node. */
  @Column({ ...timeColumn, nullable: true })
  reviewAt: Date | null;

  @Column({ type: 'text', nullable: true })
  appeal: string | null;

  @Column({ ...timeColumn, nullable: true })
  appealedAt: Date | null;

  /** Not answered by then, the appeal is granted. */
  @Column({ ...timeColumn, nullable: true })
  answerDueAt: Date | null;

  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'uuid', nullable: true })
  answeredBy: string | null;

  @Column({ ...timeColumn, nullable: true })
  answeredAt: Date | null;

  /** What the appeal came to; null while there is none or it is open. */
  @Column({ type: 'boolean', nullable: true })
  excused: boolean | null;
}

/** Pooled tries of a node or a plot up to the last closed epoch (libs/ruleset, fraction.ts). */
@Entity('fraction_pools')
export class FractionPool {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'text' })
  kind: 'node' | 'plot';

  @PrimaryColumn({ type: 'uuid' })
  subject: string;

  @Column(bytesColumn)
  tries: number;

  @Column(bytesColumn)
  proofs: number;
}
