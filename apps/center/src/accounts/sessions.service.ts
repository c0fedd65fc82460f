import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { Clock } from '../platform/clock.js';
import { Entropy } from '../platform/entropy.js';
import { Session, SignInNonce } from './session.entity.js';

export const SESSION_COOKIE = 'croft_session';
export const SESSION_MS = 30 * 24 * 3_600_000;
const NONCE_MS = 10 * 60_000;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Who is signed in: opaque tokens, kept hashed, revocable at once. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @InjectRepository(SignInNonce) private readonly nonces: Repository<SignInNonce>,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  async open(accountId: string): Promise<string> {
    const token = Buffer.from(this.entropy.bytes(32)).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + SESSION_MS);
    await this.sessions.insert({ tokenHash: hashOf(token), accountId, expiresAt });
    return token;
  }

  /** The account a token stands for, or null. */
  async accountOf(token: string): Promise<string | null> {
    const session = await this.sessions.findOneBy({ tokenHash: hashOf(token) });
    return session && session.expiresAt > this.clock.now() ? session.accountId : null;
  }

  async close(token: string): Promise<void> {
    await this.sessions.delete({ tokenHash: hashOf(token) });
  }

  /** A nonce for one wallet sign-in. */
  async newNonce(): Promise<SignInNonce> {
    const now = this.clock.now();
    await this.nonces.delete({ expiresAt: LessThan(now) });
    const nonce = Buffer.from(this.entropy.bytes(16)).toString('hex');
    const row = { nonce, expiresAt: new Date(now.getTime() + NONCE_MS) };
    await this.nonces.insert(row);
    return row;
  }

  /** Uses a nonce up. Errors: nonce_unknown. */
  async useNonce(nonce: string): Promise<void> {
    const { raw } = await this.nonces
      .createQueryBuilder()
      .delete()
      .where('nonce = :nonce AND "expiresAt" > :now', { nonce, now: this.clock.now() })
      .returning('nonce')
      .execute();
    if (raw.length !== 1) throw new CroftError('nonce_unknown');
  }
}
