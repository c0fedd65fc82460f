import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';

/** A signed-in browser. Only the hash of its token is kept. */
@Entity('sessions')
export class Session {
  @PrimaryColumn({ type: 'bytea' })
  tokenHash: Buffer;

  @Index()
  @Column({ type: 'uuid' })
  accountId: string;

  @Column(timeColumn)
  expiresAt: Date;
}

/** A nonce given out for one wallet sign-in. */
@Entity('sign_in_nonces')
export class SignInNonce {
  @PrimaryColumn({ type: 'text' })
  nonce: string;

  @Column(timeColumn)
  expiresAt: Date;
}
