import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, RequireRole, type SignedIn } from '../platform/auth/guards.js';
import { PageQuery } from '../platform/paging.js';
import { PayoutRootsPage, PayoutRootView, PayoutsPage } from './dto.js';
import { PayoutList } from './payout-list.service.js';

/** What was paid to me, and where. */
@ApiTags('payouts')
@Controller('payouts')
export class PayoutsController {
  constructor(private readonly list: PayoutList) {}

  @Get()
  page(@CurrentAccount() account: SignedIn, @Query() query: PageQuery): Promise<PayoutsPage> {
    return this.list.ofAccount(account.id, query);
  }
}

/** Roots under way, and approving them. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/payouts')
export class AdminPayoutsController {
  constructor(private readonly list: PayoutList) {}

  @Get()
  page(@Query() query: PageQuery): Promise<PayoutRootsPage> {
    return this.list.roots(query);
  }

  @Post(':id/approve')
  @HttpCode(200)
  approve(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<PayoutRootView> {
    return this.list.approve(id, account.id);
  }
}
