import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../database/columns.js';

const key = { primaryKeyConstraintName: 'PK_prices' };

/** What an asset cost on a day, as last read on it. */
@Entity('prices')
export class Price {
  /** `<chain id>`, or `<chain id>:<token address>` in lower case. */
  @PrimaryColumn({ type: 'text', ...key })
  asset: string;

  @PrimaryColumn({ type: 'text', ...key })
  currency: string;

  /** UTC, YYYY-MM-DD. */
  @PrimaryColumn({ type: 'date', ...key })
  day: string;

  /** Of one whole coin or token, decimal digits. */
  @Column({ type: 'text' })
  price: string;

  @Column(timeColumn)
  readAt: Date;
}
