import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { MachineReport, NodeRole } from '#libs/protocol';
import { timeColumn } from '../platform/database/columns.js';

export const nodeStates = ['active', 'left', 'revoked'] as const;
export type NodeState = (typeof nodeStates)[number];

/** One installed client of a contributor. */
@Entity('nodes')
export class Node {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column({ type: 'uuid' })
  accountId: string;

  /** Ed25519, hex. */
  @Column({ type: 'text', unique: true })
  publicKey: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'jsonb' })
  roles: NodeRole[];

  @Column({ type: 'jsonb' })
  report: MachineReport;

  @Column({ type: 'text', default: 'active' })
  state: NodeState;

  /** Suspended: no new work until its standing is better. */
  @Column({ type: 'boolean', default: false })
  workHeld: boolean;

  @Column(timeColumn)
  pairedAt: Date;

  @Column({ ...timeColumn, nullable: true })
  lastSeenAt: Date | null;
}

/** A code by which one node joins an account. Only its hash is kept. */
@Entity('pairing_codes')
export class PairingCode {
  @PrimaryColumn({ type: 'bytea' })
  codeHash: Buffer;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column(timeColumn)
  expiresAt: Date;

  @Column({ type: 'uuid', nullable: true })
  usedByNode: string | null;
}
