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
import { CustodyBooks } from './custody-books.service.js';
import { EpochAnswersService } from './epoch-answers.service.js';
import { PlotList } from './plot-list.js';
import { PlotsController } from './plots.controller.js';
import { RoundClosingService } from './round-closing.service.js';
import { RoundsService } from './rounds.service.js';
import { Consequence, FractionPool } from './standing/consequence.entity.js';
import { Doubt } from './standing/doubt.entity.js';
import { DoubtsService } from './standing/doubts.service.js';
import { PoolsService } from './standing/pools.service.js';
import { AdminAppealsController, StandingController } from './standing/standing.controller.js';
import { StandingService } from './standing/standing.service.js';

@Module({
  imports: [
    CampaignsModule,
    NodesModule,
    PlotsModule,
    TransfersModule,
    TypeOrmModule.forFeature([Round, Check, Doubt, Consequence, FractionPool]),
  ],
  controllers: [PlotsController, StandingController, AdminAppealsController],
  providers: [
    RoundsService,
    CustodyBooks,
    RoundClosingService,
    AnswersService,
    AcceptanceService,
    DoubtsService,
    StandingService,
    PoolsService,
    AuditFacts,
    EpochAnswersService,
    AuditsGateway,
    PlotList,
  ],
  exports: [AuditFacts, EpochAnswersService, DoubtsService, StandingService, PoolsService],
})
export class AuditsModule {
  constructor(
    chores: Chores,
    sockets: NodeSockets,
    rounds: RoundsService,
    closing: RoundClosingService,
    acceptance: AcceptanceService,
    doubts: DoubtsService,
    standings: StandingService,
  ) {
    sockets.onAdmitted((nodeId) => rounds.resendOpen(nodeId));
    chores.register({ name: 'close-rounds', role: 'audit', run: () => closing.closeDue() });
    chores.register({ name: 'spot-checks', role: 'audit', run: () => acceptance.advance() });
    chores.register({ name: 'doubts', role: 'audit', run: () => doubts.advance() });
    chores.register({ name: 'standings', role: 'audit', run: () => standings.review() });
    chores.register({ name: 'rounds', role: 'audit', run: () => rounds.broadcastDue() });
  }
}
