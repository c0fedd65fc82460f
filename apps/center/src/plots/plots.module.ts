import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { CustodyChanges } from './custody-changes.js';
import { DispatchService } from './dispatch.service.js';
import { InventoriesService } from './inventories.service.js';
import { Custody, Plot } from './plot.entity.js';
import { PlotsGateway } from './plots.gateway.js';
import { PlotsService } from './plots.service.js';

@Module({
  imports: [CampaignsModule, NodesModule, TasksModule, TypeOrmModule.forFeature([Plot, Custody])],
  providers: [PlotsService, InventoriesService, CustodyChanges, DispatchService, PlotsGateway],
  exports: [PlotsService, DispatchService, CustodyChanges],
})
export class PlotsModule {}
