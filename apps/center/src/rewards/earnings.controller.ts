import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, Public, type SignedIn } from '../platform/auth/guards.js';
import { BeeEarnings } from './bee-earnings.service.js';
import {
  BeeEarningsAnswer,
  CampaignFunds,
  DaysQuery,
  EarningsDays,
  EarningsSummary,
  HeldPartsAnswer,
  HeldPartsQuery,
  LinesQuery,
  RewardLineDetail,
  RewardLinesPage,
} from './dto.js';
import { EarningsService } from './earnings.service.js';
import { HeldStanding } from './held-standing.service.js';

/** What I earned, by day, line by line, down to the checks. */
@ApiTags('earnings')
@Controller('earnings')
export class EarningsController {
  constructor(
    private readonly earnings: EarningsService,
    private readonly heldParts: HeldStanding,
    private readonly bees: BeeEarnings,
  ) {}

  @Get('summary')
  summary(@CurrentAccount() account: SignedIn): Promise<EarningsSummary> {
    return this.earnings.summary(account.id);
  }

  /** What my Bee nodes earned. */
  @Get('bee-nodes')
  beeNodes(@CurrentAccount() account: SignedIn): Promise<BeeEarningsAnswer> {
    return this.bees.of(account.id);
  }

  /** What of my held parts waits longer than the retention time, why, and until when. */
  @Get('held')
  held(
    @CurrentAccount() account: SignedIn,
    @Query() { campaignId }: HeldPartsQuery,
  ): Promise<HeldPartsAnswer> {
    return this.heldParts.of(account.id, campaignId);
  }

  @Get('days')
  days(@CurrentAccount() account: SignedIn, @Query() query: DaysQuery): Promise<EarningsDays> {
    return this.earnings.days(account.id, query);
  }

  @Get('lines')
  lines(@CurrentAccount() account: SignedIn, @Query() query: LinesQuery): Promise<RewardLinesPage> {
    return this.earnings.page(account.id, query);
  }

  @Get('lines/:id')
  line(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RewardLineDetail> {
    return this.earnings.detail(account.id, id);
  }
}

/** Where a campaign's money is. */
@ApiTags('campaigns')
@Public()
@Controller('campaigns/:id/funds')
export class FundsController {
  constructor(private readonly earnings: EarningsService) {}

  @Get()
  funds(@Param('id', ParseUUIDPipe) id: string): Promise<CampaignFunds> {
    return this.earnings.funds(id);
  }
}
