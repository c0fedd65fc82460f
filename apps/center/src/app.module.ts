import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdminModule } from './admin/admin.module.js';
import { AuditsModule } from './audits/audits.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ChequesModule } from './cheques/cheques.module.js';
import { NodesModule } from './nodes/nodes.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { PlatformModule, type Ports } from './platform/platform.module.js';
import { HttpThrottlerGuard, throttling } from './platform/throttling.js';
import { PlotsModule } from './plots/plots.module.js';
import { RewardsModule } from './rewards/rewards.module.js';
import { StatementsModule } from './statements/statements.module.js';
import { SwarmModule } from './swarm/swarm.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { TransfersModule } from './transfers/transfers.module.js';
import { TreasuryModule } from './treasury/treasury.module.js';

/** The center: one room a domain. */
@Module({})
export class AppModule {
  static with(ports: Ports): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(ports),
        ThrottlerModule.forRoot(throttling(ports.config)),
        AccountsModule,
        NodesModule,
        CampaignsModule,
        TasksModule,
        PlotsModule,
        TransfersModule,
        AuditsModule,
        SwarmModule,
        RewardsModule,
        PayoutsModule,
        ChequesModule,
        StatementsModule,
        TreasuryModule,
        AdminModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: HttpThrottlerGuard }],
    };
  }
}
