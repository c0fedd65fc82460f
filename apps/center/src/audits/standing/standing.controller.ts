import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, RequireRole, type SignedIn } from '../../platform/auth/guards.js';
import { PageQuery } from '../../platform/paging.js';
import {
  AppealAnswerRequest,
  AppealRequest,
  AppealsAnswer,
  ConsequencesPage,
  ConsequenceView,
  EvidenceAnswer,
} from './dto.js';
import { StandingService } from './standing.service.js';

/** Where my nodes stand, why, and what I say to it. */
@ApiTags('consequences')
@Controller('consequences')
export class StandingController {
  constructor(private readonly standing: StandingService) {}

  @Get()
  page(@CurrentAccount() account: SignedIn, @Query() query: PageQuery): Promise<ConsequencesPage> {
    return this.standing.page(account.id, query);
  }

  /** The checks that a step rests on. */
  @Get(':id/evidence')
  evidence(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<EvidenceAnswer> {
    return this.standing.evidence(id, account.id);
  }

  @Post(':id/appeal')
  @HttpCode(200)
  appeal(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: AppealRequest,
  ): Promise<ConsequenceView> {
    return this.standing.appeal(account.id, id, text);
  }
}

@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/appeals')
export class AdminAppealsController {
  constructor(private readonly standing: StandingService) {}

  @Get()
  async list(): Promise<AppealsAnswer> {
    return { items: await this.standing.appeals() };
  }

  @Get(':id/evidence')
  evidence(@Param('id', ParseUUIDPipe) id: string): Promise<EvidenceAnswer> {
    return this.standing.evidence(id);
  }

  @Post(':id/answer')
  @HttpCode(200)
  answer(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text, excused }: AppealAnswerRequest,
  ): Promise<ConsequenceView> {
    return this.standing.answer(id, account.id, text, excused);
  }
}
