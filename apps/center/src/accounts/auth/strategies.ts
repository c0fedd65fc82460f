import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { parse } from 'cookie';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { CroftError } from '#libs/protocol';
import { Clock } from '../../platform/clock.js';
import type { Account } from '../account.entity.js';
import { AccountsService } from '../accounts.service.js';
import { SESSION_COOKIE, SessionsService } from '../sessions.service.js';
import { Site } from '../site.js';
import { readWalletMessage } from '../wallet-message.js';

export const sessionToken = (request: Request) => parse(request.headers.cookie ?? '')[SESSION_COOKIE];

/** Signed in already: the cookie's session. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(
    private readonly sessions: SessionsService,
    private readonly accounts: AccountsService,
  ) {
    super();
  }

  async validate(request: Request): Promise<Account> {
    const token = sessionToken(request);
    const id = token && (await this.sessions.accountOf(token));
    const account = id ? await this.accounts.find(id) : null;
    if (!account) throw new CroftError('unauthenticated');
    return account;
  }
}

/** E-mail and password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly accounts: AccountsService) {
    super();
  }

  validate(request: Request): Promise<Account> {
    const { email, password } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof email !== 'string' || typeof password !== 'string' || password.length > 200) {
      throw new CroftError('bad_request');
    }
    return this.accounts.byPassword(email, password);
  }
}

/** A wallet's signature under an EIP-4361 message. */
@Injectable()
export class WalletStrategy extends PassportStrategy(Strategy, 'wallet') {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly site: Site,
    private readonly clock: Clock,
  ) {
    super();
  }

  async validate(request: Request): Promise<Account> {
    const { message, signature } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof message !== 'string' || typeof signature !== 'string' || message.length > 2000) {
      throw new CroftError('bad_request');
    }
    const wallet = readWalletMessage(message, signature, this.site.host(request), this.clock.now());
    await this.sessions.useNonce(wallet.nonce);
    return this.accounts.byWallet(wallet.address);
  }
}
