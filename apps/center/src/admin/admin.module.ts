import { Module } from '@nestjs/common';
import { AuditsModule } from '../audits/audits.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { PlotsModule } from '../plots/plots.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { AdminController } from './admin.controller.js';
import { CenterController } from './center.controller.js';

@Module({
  imports: [NodesModule, PlotsModule, TasksModule, AuditsModule, PayoutsModule],
  controllers: [AdminController, CenterController],
})
export class AdminModule {}
