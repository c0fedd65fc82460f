import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, type SignedIn } from '../platform/auth/guards.js';
import { ReferralRequest, ReferralView } from './dto.js';
import { ReferralService } from './referral.service.js';

/** Who brought me, and how many I brought. */
@ApiTags('me')
@Controller('me/referral')
export class ReferralController {
  constructor(private readonly referrals: ReferralService) {}

  @Get()
  view(@CurrentAccount() account: SignedIn): Promise<ReferralView> {
    return this.referrals.view(account.id);
  }

  @Post()
  @HttpCode(200)
  say(@CurrentAccount() account: SignedIn, @Body() { code }: ReferralRequest): Promise<ReferralView> {
    return this.referrals.say(account.id, code);
  }
}
