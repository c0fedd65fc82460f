import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../../platform/database/columns.js';

/** `withheld`: the node was there and did not answer for this plot. */
export type DoubtCause = 'empty' | 'invalid' | 'withheld';
export type DoubtOutcome = 'cleared' | 'lost';

/** A plot that was asked for in vain once. A second check after a pause decides, before anything follows from it. */
@Entity('doubts')
@Index('one_doubt_per_plot', ['plotRef'], { unique: true, where: '"closedAt" IS NULL' })
@Index(['plotRef', 'closedAt'])
export class Doubt {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  plotRef: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  /** The check that raised it. */
  @Column({ type: 'uuid' })
  checkId: string;

  @Column({ type: 'text' })
  cause: DoubtCause;

  @Column(timeColumn)
  openedAt: Date;

  /** When it is asked for again; no earlier. */
  @Column(timeColumn)
  askAt: Date;

  @Column({ type: 'text', nullable: true })
  outcome: DoubtOutcome | null;

  @Column({ ...timeColumn, nullable: true })
  closedAt: Date | null;
}
