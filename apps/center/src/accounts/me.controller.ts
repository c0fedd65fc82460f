import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentAccount, type SignedIn } from '../platform/auth/guards.js';
import { Clock } from '../platform/clock.js';
import { AccountsService } from './accounts.service.js';
import { MeAnswer, PayoutAddressesAnswer } from './dto/answers.js';
import { PayoutAddressRequest, ProfileRequest, WalletRequest } from './dto/requests.js';
import { PayoutAddressPolicy } from './payout-address-policy.js';
import { SessionsService } from './sessions.service.js';
import { Site } from './site.js';
import { readWalletMessage } from './wallet-message.js';

/** The signed-in person's own account. */
@ApiTags('me')
@Controller('me')
export class MeController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly addresses: PayoutAddressPolicy,
    private readonly sessions: SessionsService,
    private readonly site: Site,
    private readonly clock: Clock,
  ) {}

  @Get()
  me(@CurrentAccount() account: SignedIn): Promise<MeAnswer> {
    return this.accounts.view(account.id);
  }

  @Patch()
  async change(@CurrentAccount() account: SignedIn, @Body() body: ProfileRequest): Promise<MeAnswer> {
    await this.accounts.updateProfile(account.id, body);
    return this.accounts.view(account.id);
  }

  @Put('payout-address')
  async payoutAddress(
    @CurrentAccount() account: SignedIn,
    @Body() body: PayoutAddressRequest,
  ): Promise<MeAnswer> {
    await this.addresses.set(account.id, body.address);
    return this.accounts.view(account.id);
  }

  /** Calls off a change of the payout address that has not taken effect. */
  @Delete('payout-address/pending')
  async keepPayoutAddress(@CurrentAccount() account: SignedIn): Promise<MeAnswer> {
    await this.addresses.cancel(account.id);
    return this.accounts.view(account.id);
  }

  /** Every payout address ever set, newest first. */
  @Get('payout-addresses')
  payoutAddresses(@CurrentAccount() account: SignedIn): Promise<PayoutAddressesAnswer> {
    return this.addresses.history(account.id);
  }

  @Post('wallet')
  @HttpCode(200)
  async linkWallet(
    @CurrentAccount() account: SignedIn,
    @Body() body: WalletRequest,
    @Req() request: Request,
  ): Promise<MeAnswer> {
    const wallet = readWalletMessage(body.message, body.signature, this.site.host(request), this.clock.now());
    await this.sessions.useNonce(wallet.nonce);
    await this.accounts.linkWallet(account.id, wallet.address);
    return this.accounts.view(account.id);
  }
}
