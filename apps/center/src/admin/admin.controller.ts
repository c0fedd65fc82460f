import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { swarmReplica } from '#libs/swarm';
import { AuditFacts } from '../audits/audit-facts.service.js';
import { ChequebookList } from '../cheques/chequebook-list.service.js';
import { NodesService } from '../nodes/nodes.service.js';
import { PayoutList } from '../payouts/payout-list.service.js';
import { RequireRole } from '../platform/auth/guards.js';
import { Clock } from '../platform/clock.js';
import { PlotsService } from '../plots/plots.service.js';
import { TasksService } from '../tasks/tasks.service.js';
import { OverviewAnswer } from './dto.js';

const DAY_MS = 86_400_000;

/** The whole at a glance. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/overview')
export class AdminController {
  constructor(
    private readonly nodes: NodesService,
    private readonly plots: PlotsService,
    private readonly tasks: TasksService,
    private readonly audits: AuditFacts,
    private readonly payouts: PayoutList,
    private readonly cheques: ChequebookList,
    private readonly clock: Clock,
  ) {}

  @Get()
  async overview(): Promise<OverviewAnswer> {
    const dayAgo = new Date(this.clock.now().getTime() - DAY_MS);
    const [nodes, plots, replicas, checksLastDay, openTasks, pendingRoots, pendingCheques] =
      await Promise.all([
        this.nodes.count(),
        this.plots.counts({ notKind: swarmReplica.kind }),
        this.plots.counts({ kind: swarmReplica.kind }),
        this.audits.since(dayAgo),
        this.tasks.countAllOpen(),
        this.payouts.pending(),
        this.cheques.pending(),
      ]);
    return {
      ...nodes,
      plots,
      replicas,
      checksLastDay,
      openTasks,
      pendingPayouts: pendingRoots + pendingCheques,
    };
  }
}
