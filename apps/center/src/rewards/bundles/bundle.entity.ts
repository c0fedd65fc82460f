import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bytesColumn, timeColumn } from '../../platform/database/columns.js';

/** The published facts and lines of one epoch (libs/bundle). Kept for ever, never changed (triggers see to it). */
@Entity('bundles')
export class Bundle {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'integer' })
  epochIndex: number;

  /** What the next bundle and payout roots know it by. */
  @Column({ type: 'text' })
  manifestHash: string;

  /** manifest.json as published, byte for byte. */
  @Column({ type: 'text' })
  manifest: string;

  /** Size of all files, compressed. */
  @Column(bytesColumn)
  bytes: number;

  @Column(timeColumn)
  at: Date;
}

/** One zstd frame of one file. */
@Entity('bundle_parts')
export class BundlePart {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'integer' })
  epochIndex: number;

  @PrimaryColumn({ type: 'text' })
  name: string;

  @PrimaryColumn({ type: 'integer' })
  part: number;

  @Column({ type: 'bytea' })
  frame: Buffer;
}
