import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../../platform/database/columns.js';

/**
 * `making`: its root is being computed; `open`: waits for a keeper; `kept`: it has arrived at one, and is a plot of its
 * kind from now on; `lost`: its keeper has it no more, and another replica takes its place.
 */
export type ReplicaState = 'making' | 'open' | 'kept' | 'lost' | 'withdrawn';

/** One encoding of a data set, for one keeper. */
@Entity('replicas')
@Index('replicas_of_data_set', ['dataSetId', 'state'])
@Index('replicas_of_account', ['accountId'])
export class Replica {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  dataSetId: string;

  /** Key of its encoding, 32 bytes. Never leaves the center: whoever has it makes the replica anew. */
  @Column({ type: 'bytea' })
  secret: Buffer;

  @Column({ type: 'text', default: 'making' })
  state: ReplicaState;

  /** Swarm root of the encoded data, hex: its plot id. */
  @Column({ type: 'text', nullable: true })
  root: string | null;

  /** Of the whole file. */
  @Column({ type: 'text', nullable: true })
  contentRoot: string | null;

  /** SHA-256 of each piece of the file, one after another: what comes from a keeper is seen to be right. */
  @Column({ type: 'bytea', nullable: true })
  pieceHashes: Buffer | null;

  /** Row id of the plot, once it is kept. */
  @Column({ type: 'uuid', nullable: true })
  plotRef: string | null;

  /** Who fetches it or keeps it. */
  @Column({ type: 'uuid', nullable: true })
  accountId: string | null;

  @Column(timeColumn)
  createdAt: Date;

  @Column({ ...timeColumn, nullable: true })
  keptAt: Date | null;

  /** When its next keyed audit is due; known to the center alone. */
  @Column({ ...timeColumn, nullable: true })
  auditAt: Date | null;
}

/** What follows the data in a replica's file, in pieces; only until it has a keeper. */
@Entity('replica_ends')
export class ReplicaEndPart {
  @PrimaryColumn({ type: 'uuid' })
  replicaId: string;

  @PrimaryColumn({ type: 'integer' })
  index: number;

  @Column({ type: 'bytea' })
  bytes: Buffer;
}
