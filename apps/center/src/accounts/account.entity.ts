import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { AccountRole } from '../platform/auth/guards.js';
import { timeColumn } from '../platform/database/columns.js';

/** A person. Signs in by e-mail and password, by wallet, or by either. */
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  displayName: string;

  /** Lower case. */
  @Column({ type: 'text', nullable: true, unique: true })
  email: string | null;

  /** Argon2id in PHC form. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  /** EIP-55. */
  @Column({ type: 'text', nullable: true, unique: true })
  walletAddress: string | null;

  @Column({ type: 'text', default: 'contributor' })
  role: AccountRole;

  @Column({ type: 'text', default: 'en' })
  locale: 'en' | 'zh';

  /** Position of this account's own Chia wallet address; never reused. */
  @Column({ type: 'integer', unique: true })
  chiaIndex: number;

  @CreateDateColumn(timeColumn)
  createdAt: Date;
}
