import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NodesModule } from '../nodes/nodes.module.js';
import { PlotsModule } from '../plots/plots.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { Transfer } from './transfer.entity.js';
import { TransfersGateway } from './transfers.gateway.js';
import { TransfersService } from './transfers.service.js';

@Module({
  imports: [NodesModule, TasksModule, PlotsModule, TypeOrmModule.forFeature([Transfer])],
  providers: [TransfersService, TransfersGateway],
  exports: [TransfersService],
})
export class TransfersModule {}
