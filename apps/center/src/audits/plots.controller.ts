import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, type SignedIn } from '../platform/auth/guards.js';
import { PageQuery } from '../platform/paging.js';
import { PlotsPage } from './dto.js';
import { PlotList } from './plot-list.js';

/** My plots: what I made or keep, and how their checks went. */
@ApiTags('plots')
@Controller('plots')
export class PlotsController {
  constructor(private readonly list: PlotList) {}

  @Get()
  page(@CurrentAccount() account: SignedIn, @Query() query: PageQuery): Promise<PlotsPage> {
    return this.list.page(account.id, query);
  }
}
