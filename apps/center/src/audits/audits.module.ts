import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { Chores } from '../platform/chores.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import { PlotsModule } from '../plots/plots.module.js';
import { TransfersModule } from '../transfers/transfers.module.js';
import { AcceptanceService } from './acceptance.service.js';
import { AnswersService } from './answers.service.js';
import { Check, Round } from './audit.entity.js';
import { AuditFacts } from './audit-facts.service.js';
import { AuditsGateway } from './audits.gateway.js';
import { PlotList } from './plot-list.js';
import { PlotsController } from './plots.controller.js';
import { RoundsService } from './rounds.service.js';

@Module({
  imports: [
    CampaignsModule,
    NodesModule,
    PlotsModule,
    TransfersModule,
    TypeOrmModule.forFeature([Round, Check]),
  ],
  controllers: [PlotsController],
  providers: [RoundsService, AnswersService, AcceptanceService, AuditFacts, AuditsGateway, PlotList],
  exports: [AuditFacts],
})
export class AuditsModule {
  constructor(chores: Chores, rounds: RoundsService, acceptance: AcceptanceService, sockets: NodeSockets) {
    sockets.onAdmitted((nodeId) => rounds.resendOpen(nodeId));
    chores.register({ name: 'close-rounds', role: 'audit', run: () => rounds.closeDue() });
    chores.register({ name: 'spot-checks', role: 'audit', run: () => acceptance.advance() });
    chores.register({ name: 'rounds', role: 'audit', run: () => rounds.broadcastDue() });
  }
}
