import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { bytesColumn, timeColumn } from '../../platform/database/columns.js';

export const dataSetSources = ['upload', 'reference', 'filler'] as const;
export type DataSetSource = (typeof dataSetSources)[number];
/** `loading`: its content is not here yet; `ready`: replicas of it are made; `failed`: its content could not be had. */
export type DataSetState = 'loading' | 'ready' | 'failed';

/** Data that a campaign pays for keeping, in a wanted number of replicas. */
@Entity('data_sets')
@Index('data_sets_of_campaign', ['campaignId'])
export class DataSet {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  source: DataSetSource;

  /** Swarm reference it is read from, 32 bytes hex. */
  @Column({ type: 'text', nullable: true })
  reference: string | null;

  @Column({ type: 'text', default: 'loading' })
  state: DataSetState;

  @Column({ type: 'text', nullable: true })
  failure: string | null;

  /** Of the content; 0 while it loads. */
  @Column({ ...bytesColumn, default: 0 })
  bytes: number;

  /** SHA-256 of the content as it was taken in, hex; null for filler, and while it loads. */
  @Column({ type: 'text', nullable: true })
  contentHash: string | null;

  /** Size of its replicas, the smallest that holds the content; 0 while it loads. */
  @Column({ type: 'integer', default: 0 })
  k: number;

  /** How many replicas there are to be. */
  @Column({ type: 'integer' })
  wanted: number;

  @Column({ type: 'uuid' })
  createdBy: string;

  @Column(timeColumn)
  createdAt: Date;
}

/** A piece of a data set's content (limits.pieceBytes, the last one fewer). Filler has none. */
@Entity('data_set_parts')
export class DataSetPart {
  @PrimaryColumn({ type: 'uuid' })
  dataSetId: string;

  @PrimaryColumn({ type: 'integer' })
  index: number;

  @Column({ type: 'bytea' })
  bytes: Buffer;
}
