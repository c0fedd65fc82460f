import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { serialize } from 'cookie';
import type { Request, Response } from 'express';
import {
  CurrentAccount,
  PasswordGuard,
  Public,
  type SignedIn,
  WalletGuard,
} from '../../platform/auth/guards.js';
import { Guessable } from '../../platform/throttling.js';
import { AccountsService } from '../accounts.service.js';
import { MeAnswer, NonceAnswer } from '../dto/answers.js';
import { PasswordRequest, RegisterRequest, WalletRequest } from '../dto/requests.js';
import { SESSION_COOKIE, SESSION_MS, SessionsService } from '../sessions.service.js';
import { Site } from '../site.js';
import { sessionToken } from './strategies.js';

/** Signing in and out. The session travels in an httpOnly, SameSite=Strict cookie. */
@ApiTags('auth')
@Public()
@Guessable()
@Controller('auth')
export class AuthController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly site: Site,
  ) {}

  @Post('nonce')
  @HttpCode(200)
  async nonce(): Promise<NonceAnswer> {
    const { nonce, expiresAt } = await this.sessions.newNonce();
    return { nonce, expiresAt: expiresAt.toISOString() };
  }

  @Post('wallet')
  @HttpCode(200)
  @UseGuards(WalletGuard)
  wallet(
    @Body() _body: WalletRequest,
    @CurrentAccount() account: SignedIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeAnswer> {
    return this.enter(account, request, response);
  }

  @Post('register')
  async register(
    @Body() body: RegisterRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeAnswer> {
    return this.enter(await this.accounts.register(body), request, response);
  }

  @Post('password')
  @HttpCode(200)
  @UseGuards(PasswordGuard)
  password(
    @Body() _body: PasswordRequest,
    @CurrentAccount() account: SignedIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeAnswer> {
    return this.enter(account, request, response);
  }

  @Post('sign-out')
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = sessionToken(request);
    if (token) await this.sessions.close(token);
    response.append('set-cookie', serialize(SESSION_COOKIE, '', { path: '/', maxAge: 0 }));
  }

  private async enter(account: SignedIn, request: Request, response: Response): Promise<MeAnswer> {
    const token = await this.sessions.open(account.id);
    const cookie = serialize(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: this.site.secure || request.secure,
      maxAge: SESSION_MS / 1000,
    });
    response.append('set-cookie', cookie);
    return this.accounts.view(account.id);
  }
}
