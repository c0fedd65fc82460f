import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, Public, RequireRole, type SignedIn } from '../platform/auth/guards.js';
import { CampaignsService } from './campaigns.service.js';
import {
  CampaignRequest,
  CampaignStateRequest,
  CampaignsAnswer,
  CampaignView,
  EpochsAnswer,
  NewRatesRequest,
} from './dto.js';
import { EpochsService } from './epochs.service.js';
import { RatesService } from './rates.service.js';

/** What everybody may know of the campaigns. */
@ApiTags('campaigns')
@Public()
@Controller('campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly epochs: EpochsService,
  ) {}

  @Get()
  async list(): Promise<CampaignsAnswer> {
    const all = await this.campaigns.all();
    return { items: await Promise.all(all.map((campaign) => this.campaigns.view(campaign))) };
  }

  /** Hashes of the secrets of coming rounds, and the secrets of past ones. */
  @Get(':id/epochs')
  async epochsOf(@Param('id', ParseUUIDPipe) id: string): Promise<EpochsAnswer> {
    return { items: await this.epochs.published(id) };
  }
}

/** Setting campaigns and rates. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/campaigns')
export class AdminCampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly prices: RatesService,
  ) {}

  @Get()
  async list(): Promise<CampaignsAnswer> {
    const all = await this.campaigns.all();
    return { items: await Promise.all(all.map((campaign) => this.campaigns.view(campaign))) };
  }

  @Post()
  async create(@Body() body: CampaignRequest, @CurrentAccount() account: SignedIn): Promise<CampaignView> {
    return this.campaigns.view(await this.campaigns.create(body, account.id));
  }

  @Post(':id/rates')
  @HttpCode(200)
  async rates(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewRatesRequest,
    @CurrentAccount() account: SignedIn,
  ): Promise<CampaignView> {
    await this.prices.change(id, body, account.id);
    return this.campaigns.view(await this.campaigns.byId(id));
  }

  /** The second admin's word for a large rise. */
  @Post(':id/rates/:version/approve')
  @HttpCode(200)
  async approveRates(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('version', ParseIntPipe) version: number,
    @CurrentAccount() account: SignedIn,
  ): Promise<CampaignView> {
    await this.prices.approve(id, version, account.id);
    return this.campaigns.view(await this.campaigns.byId(id));
  }

  @Post(':id/state')
  @HttpCode(200)
  async state(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CampaignStateRequest,
  ): Promise<CampaignView> {
    await this.campaigns.changeState(id, body.state);
    return this.campaigns.view(await this.campaigns.byId(id));
  }
}
