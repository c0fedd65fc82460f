import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Campaign, CampaignMember, CampaignRates, Epoch } from './campaign.entity.js';
import { CampaignFunds } from './campaign-funds.service.js';
import { AdminCampaignsController, CampaignsController } from './campaigns.controller.js';
import { CampaignsService } from './campaigns.service.js';
import { EpochsService } from './epochs.service.js';
import { RatesService } from './rates.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Campaign, CampaignRates, CampaignMember, Epoch])],
  controllers: [CampaignsController, AdminCampaignsController],
  providers: [CampaignsService, CampaignFunds, RatesService, EpochsService],
  exports: [CampaignsService, CampaignFunds, RatesService, EpochsService],
})
export class CampaignsModule {}
