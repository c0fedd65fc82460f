import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { SessionGuard } from '../platform/auth/guards.js';
import { Account } from './account.entity.js';
import { AccountsService } from './accounts.service.js';
import { AuthController } from './auth/auth.controller.js';
import { PasswordStrategy, SessionStrategy, WalletStrategy } from './auth/strategies.js';
import { MeController } from './me.controller.js';
import { PayoutAddress } from './payout-address.entity.js';
import { PayoutAddressPolicy } from './payout-address-policy.js';
import { PayoutAddresses } from './payout-addresses.js';
import { Session, SignInNonce } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { Site } from './site.js';

@Module({
  imports: [
    PassportModule,
    CampaignsModule,
    TypeOrmModule.forFeature([Account, Session, SignInNonce, PayoutAddress]),
  ],
  controllers: [AuthController, MeController],
  providers: [
    AccountsService,
    SessionsService,
    PayoutAddresses,
    PayoutAddressPolicy,
    Site,
    SessionStrategy,
    PasswordStrategy,
    WalletStrategy,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [AccountsService, PayoutAddresses, SessionsService],
})
export class AccountsModule {}
