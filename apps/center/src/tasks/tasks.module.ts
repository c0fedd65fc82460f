import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { ContributorAddresses } from './contributor-addresses.js';
import { Openings } from './openings.js';
import { Lease, TaskRow } from './task.entity.js';
import { TaskList } from './task-list.js';
import { AdminTasksController, WorkController } from './tasks.controller.js';
import { TasksService } from './tasks.service.js';

@Module({
  imports: [AccountsModule, CampaignsModule, NodesModule, TypeOrmModule.forFeature([TaskRow, Lease])],
  controllers: [AdminTasksController, WorkController],
  providers: [TasksService, ContributorAddresses, TaskList, Openings],
  exports: [TasksService, Openings],
})
export class TasksModule {}
