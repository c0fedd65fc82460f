import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import { Node, PairingCode } from './node.entity.js';
import { AdminNodesController, NodesController } from './nodes.controller.js';
import { NodesGateway } from './nodes.gateway.js';
import { NodesService } from './nodes.service.js';
import { PairingService } from './pairing.service.js';

@Module({
  imports: [AccountsModule, TypeOrmModule.forFeature([Node, PairingCode])],
  controllers: [NodesController, AdminNodesController],
  providers: [NodesService, PairingService, NodesGateway, NodeSockets],
  exports: [NodesService, NodeSockets],
})
export class NodesModule {}
