import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What an epoch's work came to before any price, as the closing measured it: what a preview replays under other rates.
 * The bundle says the same at length. Append-only.
 */
@Entity('epoch_works')
export class EpochWork {
  @PrimaryColumn({ type: 'uuid' })
  campaignId: string;

  @PrimaryColumn({ type: 'integer' })
  epochIndex: number;

  @PrimaryColumn({ type: 'integer' })
  part: number;

  /** JSON, gzip (work-parts.ts). */
  @Column({ type: 'bytea' })
  content: Buffer;
}
