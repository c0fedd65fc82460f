import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, type SignedIn } from '../../platform/auth/guards.js';
import { PayoutWishesAnswer, PayoutWishRequest, PayoutWishView } from './dto.js';
import { PayoutWishesService } from './payout-wishes.service.js';

/** From what amount on, and at what fee, I want to be paid. */
@ApiTags('payouts')
@Controller('payouts/wishes')
export class PayoutWishesController {
  constructor(private readonly wishes: PayoutWishesService) {}

  /** Of each campaign, with the fee to be expected now. */
  @Get()
  all(@CurrentAccount() account: SignedIn): Promise<PayoutWishesAnswer> {
    return this.wishes.all(account.id);
  }

  @Put(':id')
  set(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) campaignId: string,
    @Body() body: PayoutWishRequest,
  ): Promise<PayoutWishView> {
    return this.wishes.set(account.id, campaignId, body);
  }
}
