import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bytesColumn, timeColumn } from '../../platform/database/columns.js';

/** `selected`: its neighbourhood played; `played`: it committed itself. */
export const gameKinds = ['selected', 'played', 'won', 'frozen'] as const;
export type GameKind = (typeof gameKinds)[number];

/** What a linked node did in the redistribution game, or what became of it, as final events say. */
@Entity('bee_game_events')
@Index('bee_game_events_of_overlay', ['overlay', 'kind', 'round'])
export class BeeGameEvent {
  @PrimaryColumn({ type: 'bigint', transformer: bytesColumn.transformer })
  block: number;

  @PrimaryColumn({ type: 'integer' })
  logIndex: number;

  @PrimaryColumn({ type: 'text' })
  overlay: string;

  @Column({ type: 'text' })
  kind: GameKind;

  @Column({ type: 'integer' })
  round: number;
}

/** How far the events of a contract were read. */
@Entity('bee_game_scans')
export class BeeGameScan {
  @PrimaryColumn({ type: 'text' })
  contract: string;

  @Column(bytesColumn)
  nextBlock: number;

  @Column(timeColumn)
  scannedAt: Date;
}
