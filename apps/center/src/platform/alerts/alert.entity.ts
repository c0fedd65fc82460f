import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../database/columns.js';
import type { AlertCode, AlertDetail } from './alert-codes.js';

/** Something an operator has to look at, from when it was seen first until it was over. */
@Entity('alerts')
@Index('one_open_alert', ['code', 'subject'], { unique: true, where: '"clearedAt" IS NULL' })
@Index('alerts_by_end', ['clearedAt', 'raisedAt'])
export class Alert {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  code: AlertCode;

  /** What it is about: the id of a campaign, a node …, or the name of a part of the center. */
  @Column({ type: 'text' })
  subject: string;

  /** As it was last seen. */
  @Column({ type: 'jsonb' })
  detail: AlertDetail;

  @Column(timeColumn)
  raisedAt: Date;

  /** When it was last seen to be so. */
  @Column(timeColumn)
  seenAt: Date;

  @Column({ ...timeColumn, nullable: true })
  clearedAt: Date | null;
}
