import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { Chores } from '../platform/chores.js';
import { RewardsModule } from '../rewards/rewards.module.js';
import { ContractReading, SenderReading } from './reading.entity.js';
import { TreasuryController } from './treasury.controller.js';
import { TreasuryService } from './treasury.service.js';
import { TreasuryList } from './treasury-list.js';

@Module({
  imports: [
    CampaignsModule,
    RewardsModule,
    PayoutsModule,
    TypeOrmModule.forFeature([ContractReading, SenderReading]),
  ],
  controllers: [TreasuryController],
  providers: [TreasuryService, TreasuryList],
})
export class TreasuryModule {
  constructor(chores: Chores, treasury: TreasuryService) {
    chores.register({ name: 'funds', role: 'reward', run: () => treasury.judge() });
    chores.register({ name: 'treasury', role: 'payout', run: () => treasury.read() });
  }
}
