import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuditsModule } from '../audits/audits.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { Chores } from '../platform/chores.js';
import { DispatchService } from '../plots/dispatch.service.js';
import { PlotsModule } from '../plots/plots.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { TransfersModule } from '../transfers/transfers.module.js';
import { TransfersService } from '../transfers/transfers.service.js';
import { BeeChallenge, BeeCheck } from './bee-nodes/bee-check.entity.js';
import { BeeFacts } from './bee-nodes/bee-facts.service.js';
import { BeeGameEvent, BeeGameScan } from './bee-nodes/bee-game.entity.js';
import { BeeLinks } from './bee-nodes/bee-links.service.js';
import { BeeList } from './bee-nodes/bee-list.service.js';
import { BeeNode } from './bee-nodes/bee-node.entity.js';
import { BeeNodesGateway } from './bee-nodes/bee-nodes.gateway.js';
import { BeeSender } from './bee-nodes/bee-sender.service.js';
import { BeeUnlinking } from './bee-nodes/bee-unlinking.service.js';
import { ChallengeProgress } from './bee-nodes/challenge-progress.service.js';
import { ChallengeStart } from './bee-nodes/challenge-start.service.js';
import { GameHistory } from './bee-nodes/game-history.service.js';
import { SwarmState } from './bee-nodes/swarm-state.service.js';
import { BeeNodesController } from './bee-nodes.controller.js';
import { DataSetList } from './data-set-list.js';
import { ContentService } from './data-sets/content.service.js';
import { DataSet, DataSetPart } from './data-sets/data-set.entity.js';
import { DataSetsService } from './data-sets/data-sets.service.js';
import { AdminDataSetsController } from './data-sets.controller.js';
import { ReadingService } from './replicas/reading.service.js';
import { Replica, ReplicaEndPart } from './replicas/replica.entity.js';
import { ReplicaAudit } from './replicas/replica-audit.entity.js';
import { ReplicaAudits } from './replicas/replica-audits.service.js';
import { ReplicaFiles } from './replicas/replica-files.service.js';
import { ReplicasService } from './replicas/replicas.service.js';
import { UpkeepService } from './replicas/upkeep.service.js';

@Module({
  imports: [
    AccountsModule,
    CampaignsModule,
    NodesModule,
    TasksModule,
    PlotsModule,
    TransfersModule,
    AuditsModule,
    TypeOrmModule.forFeature([DataSet, DataSetPart, Replica, ReplicaEndPart, ReplicaAudit]),
    TypeOrmModule.forFeature([BeeNode, BeeChallenge, BeeCheck, BeeGameEvent, BeeGameScan]),
  ],
  controllers: [AdminDataSetsController, BeeNodesController],
  providers: [
    ContentService,
    DataSetsService,
    DataSetList,
    ReplicaFiles,
    ReplicasService,
    UpkeepService,
    ReadingService,
    ReplicaAudits,
    SwarmState,
    BeeLinks,
    BeeSender,
    BeeUnlinking,
    BeeNodesGateway,
    ChallengeStart,
    ChallengeProgress,
    GameHistory,
    BeeList,
    BeeFacts,
  ],
  exports: [BeeFacts],
})
export class SwarmModule {
  constructor(
    chores: Chores,
    dispatch: DispatchService,
    transfers: TransfersService,
    dataSets: DataSetsService,
    replicas: ReplicasService,
    upkeep: UpkeepService,
    audits: ReplicaAudits,
    swarm: SwarmState,
    challenges: ChallengeStart,
    progress: ChallengeProgress,
    history: GameHistory,
  ) {
    dispatch.offer(replicas);
    transfers.provide(replicas.kind, replicas);
    chores.register({ name: 'data-sets', role: 'audit', run: () => dataSets.loadReferences() });
    chores.register({ name: 'replicas', role: 'audit', run: () => upkeep.keepUp() });
    chores.register({ name: 'replica-audits', role: 'audit', run: () => audits.auditDue() });
    if (!swarm.isThere) return;
    chores.register({ name: 'bee-history', role: 'audit', run: () => history.readOn() });
    chores.register({ name: 'bee-checks', role: 'audit', run: () => progress.advance() });
    chores.register({ name: 'bee-challenges', role: 'audit', run: () => challenges.startDue() });
  }
}
