import { Module } from '@nestjs/common';
import { AuditsModule } from '../audits/audits.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { ChequesModule } from '../cheques/cheques.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { Chores } from '../platform/chores.js';
import { PlotsModule } from '../plots/plots.module.js';
import { RewardsModule } from '../rewards/rewards.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { AdminController } from './admin.controller.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { WatchService } from './alerts/watch.service.js';
import { CenterController } from './center.controller.js';

@Module({
  imports: [
    CampaignsModule,
    NodesModule,
    PlotsModule,
    TasksModule,
    AuditsModule,
    RewardsModule,
    PayoutsModule,
    ChequesModule,
  ],
  controllers: [AdminController, AlertsController, CenterController],
  providers: [WatchService],
})
export class AdminModule {
  constructor(chores: Chores, watch: WatchService) {
    chores.register({ name: 'watch', role: 'api', run: () => watch.look() });
  }
}
