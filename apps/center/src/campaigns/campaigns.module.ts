import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Campaign, CampaignMember, CampaignRates, Epoch } from './campaign.entity.js';
import { AdminCampaignsController, CampaignsController } from './campaigns.controller.js';
import { CampaignsService } from './campaigns.service.js';
import { EpochsService } from './epochs.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Campaign, CampaignRates, CampaignMember, Epoch])],
  controllers: [CampaignsController, AdminCampaignsController],
  providers: [CampaignsService, EpochsService],
  exports: [CampaignsService, EpochsService],
})
export class CampaignsModule {}
