import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { Chores } from '../platform/chores.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import { NetworkPayloadRow, NetworkPingRow } from './network/network.entity.js';
import { NetworkGateway } from './network/network.gateway.js';
import { NetworkChecksService } from './network/network-checks.service.js';
import { OpenProbes } from './network/open-probes.js';
import { Prober } from './network/prober.js';
import { Stopwatch } from './network/stopwatch.js';
import { Node, PairingCode } from './node.entity.js';
import { AdminNodesController, NodesController } from './nodes.controller.js';
import { NodesGateway } from './nodes.gateway.js';
import { NodesService } from './nodes.service.js';
import { PairingService } from './pairing.service.js';
import { Sightings } from './sightings.js';

@Module({
  imports: [AccountsModule, TypeOrmModule.forFeature([Node, PairingCode, NetworkPingRow, NetworkPayloadRow])],
  controllers: [NodesController, AdminNodesController],
  providers: [
    NodesService,
    PairingService,
    Sightings,
    NodesGateway,
    NodeSockets,
    NetworkGateway,
    NetworkChecksService,
    Prober,
    OpenProbes,
    Stopwatch,
  ],
  exports: [NodesService, NodeSockets, NetworkChecksService],
})
export class NodesModule {
  constructor(chores: Chores, network: NetworkChecksService) {
    chores.register({ name: 'network-checks', role: 'api', run: () => network.checkDue() });
  }
}
