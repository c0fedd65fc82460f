import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../../platform/database/columns.js';

/** A bundle that also lies on Swarm. */
@Entity('bundle_uploads')
export class BundleUpload {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'integer' })
  epochIndex: number;

  /** Swarm reference of its index, 32 bytes hex. */
  @Column({ type: 'text' })
  reference: string;

  @Column(timeColumn)
  at: Date;
}
