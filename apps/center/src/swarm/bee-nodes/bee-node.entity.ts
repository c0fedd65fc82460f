import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BeeReport } from '#libs/protocol';
import { timeColumn } from '../../platform/database/columns.js';

/** A stake as it was last read; PLUR as digits. */
export interface KnownStake {
  plur: string;
  height: number;
  overlay: string;
  sinceBlock: number;
  frozenUntilBlock: number | null;
  /** As of this block. */
  block: number;
}

/** A contributor's Bee node, linked by the owner of its stake with the client that runs beside it. */
@Entity('bee_nodes')
export class BeeNode {
  @PrimaryColumn({ type: 'uuid' })
  nodeId: string;

  @Index('bee_nodes_of_account')
  @Column({ type: 'uuid' })
  accountId: string;

  /** As staked, 32 bytes hex. */
  @Index('bee_node_linked_once', { unique: true, where: '"unlinkedAt" IS NULL' })
  @Column({ type: 'text' })
  overlay: string;

  /** 0x and lower-case hex. */
  @Column({ type: 'text' })
  owner: string;

  /** When the owner signed. */
  @Column(timeColumn)
  issuedAt: Date;

  @Column(timeColumn)
  linkedAt: Date;

  /** When the link was ended, or another node was linked with it instead. */
  @Column({ ...timeColumn, nullable: true })
  unlinkedAt: Date | null;

  /** What the Bee node says of itself. */
  @Column({ type: 'jsonb', nullable: true })
  report: BeeReport | null;

  @Column({ ...timeColumn, nullable: true })
  reportedAt: Date | null;

  /** What the Bee node said first, since it was linked, of all that it ever won (PLUR) and spent on gas (wei); digits. */
  @Column({ type: 'text', nullable: true })
  firstReward: string | null;

  @Column({ type: 'text', nullable: true })
  firstFees: string | null;

  /** Null: not read yet, or nothing is staked. */
  @Column({ type: 'jsonb', nullable: true })
  stake: KnownStake | null;

  @Column({ ...timeColumn, nullable: true })
  stakeReadAt: Date | null;

  /** When it is asked next, at the earliest; null: not fixed yet. */
  @Column({ ...timeColumn, nullable: true })
  checkAt: Date | null;
}
