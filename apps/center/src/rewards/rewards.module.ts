import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuditsModule } from '../audits/audits.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { NodesModule } from '../nodes/nodes.module.js';
import { Chores } from '../platform/chores.js';
import { PlotsModule } from '../plots/plots.module.js';
import { SwarmModule } from '../swarm/swarm.module.js';
import { AbsentParts } from './absent-parts.js';
import { BeeEarnings } from './bee-earnings.service.js';
import { Bundle, BundlePart } from './bundles/bundle.entity.js';
import { BundleUpload } from './bundles/bundle-upload.entity.js';
import { BundleUploads } from './bundles/bundle-uploads.service.js';
import { Bundler } from './bundles/bundler.js';
import { BundlesController } from './bundles/bundles.controller.js';
import { BundlesService } from './bundles/bundles.service.js';
import { EarningsController, FundsController } from './earnings.controller.js';
import { EarningsService } from './earnings.service.js';
import { EpochClosingService } from './epoch-closing.service.js';
import { FundingService } from './funding.service.js';
import { HeldPartRow } from './held-part.entity.js';
import { HeldParts } from './held-parts.js';
import { HeldStanding } from './held-standing.service.js';
import { LedgerPosting, LedgerTransaction } from './ledger/ledger.entity.js';
import { LedgerService } from './ledger/ledger.service.js';
import { PeopleFacts } from './people-facts.js';
import { EpochWork } from './preview/epoch-work.entity.js';
import { EpochWorks } from './preview/epoch-works.service.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewService } from './preview/preview.service.js';
import { PreviewRunner } from './preview/preview-runner.js';
import { ReconcileService } from './reconcile/reconcile.service.js';
import { Reconciliation } from './reconcile/reconciliation.entity.js';
import { ReferralController } from './referral.controller.js';
import { Referral } from './referral.entity.js';
import { ReferralService } from './referral.service.js';
import { EpochClosing, RewardLineRow } from './reward.entity.js';
import { StatementLinesService } from './statement-lines.service.js';

@Module({
  imports: [
    AccountsModule,
    AuditsModule,
    CampaignsModule,
    NodesModule,
    PlotsModule,
    SwarmModule,
    TypeOrmModule.forFeature([
      EpochClosing,
      RewardLineRow,
      Referral,
      Bundle,
      HeldPartRow,
      BundlePart,
      BundleUpload,
      EpochWork,
      Reconciliation,
      LedgerTransaction,
      LedgerPosting,
    ]),
  ],
  controllers: [
    EarningsController,
    FundsController,
    ReferralController,
    BundlesController,
    PreviewController,
  ],
  providers: [
    Bundler,
    BundlesService,
    BundleUploads,
    ReconcileService,
    HeldParts,
    AbsentParts,
    HeldStanding,
    PeopleFacts,
    EpochWorks,
    PreviewService,
    PreviewRunner,
    ReferralService,
    EpochClosingService,
    LedgerService,
    FundingService,
    EarningsService,
    BeeEarnings,
    StatementLinesService,
  ],
  exports: [
    StatementLinesService,
    BundlesService,
    BundleUploads,
    LedgerService,
    EpochClosingService,
    ReconcileService,
  ],
})
export class RewardsModule {
  constructor(
    chores: Chores,
    funding: FundingService,
    closing: EpochClosingService,
    reconcile: ReconcileService,
    uploads: BundleUploads,
  ) {
    chores.register({ name: 'funding', role: 'reward', run: () => funding.watch() });
    chores.register({ name: 'reconcile', role: 'reward', run: () => reconcile.reconcileDue() });
    chores.register({ name: 'bundle-uploads', role: 'reward', run: () => uploads.uploadNew() });
    chores.register({ name: 'close-epochs', role: 'reward', run: () => closing.closeEnded() });
  }
}
