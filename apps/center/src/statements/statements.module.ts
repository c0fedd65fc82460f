import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { RewardsModule } from '../rewards/rewards.module.js';
import { StatementsController } from './statements.controller.js';
import { StatementsService } from './statements.service.js';

@Module({
  imports: [AccountsModule, CampaignsModule, RewardsModule],
  controllers: [StatementsController],
  providers: [StatementsService],
})
export class StatementsModule {}
