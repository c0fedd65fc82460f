import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { Chores } from '../platform/chores.js';
import { Prices } from '../platform/prices/prices.js';
import { RewardsModule } from '../rewards/rewards.module.js';
import { NonceGaps } from './nonce-gaps.service.js';
import { OutboxAttempt, OutboxTransaction } from './outbox.entity.js';
import { OutboxService } from './outbox.service.js';
import { PaidBook } from './paid-book.service.js';
import { PaymentWatch } from './payment-watch.service.js';
import { PaidChunk, PaymentScan, Payout, PayoutEntryRow, PayoutRoot } from './payout.entity.js';
import { PayoutList } from './payout-list.service.js';
import { AdminPayoutsController, PayoutsController } from './payouts.controller.js';
import { PayoutsService } from './payouts.service.js';
import { RootBuilder } from './root-builder.service.js';
import { Holds } from './wishes/holds.js';
import { PayoutFeesService } from './wishes/payout-fees.service.js';
import { PayoutWish } from './wishes/payout-wish.entity.js';
import { PayoutWishesController } from './wishes/payout-wishes.controller.js';
import { PayoutWishesService } from './wishes/payout-wishes.service.js';

@Module({
  imports: [
    AccountsModule,
    CampaignsModule,
    RewardsModule,
    TypeOrmModule.forFeature([
      PayoutRoot,
      PayoutEntryRow,
      PaidChunk,
      PaymentScan,
      Payout,
      OutboxTransaction,
      OutboxAttempt,
      PayoutWish,
    ]),
  ],
  controllers: [PayoutWishesController, PayoutsController, AdminPayoutsController],
  providers: [
    PayoutsService,
    PayoutWishesService,
    PayoutFeesService,
    Holds,
    RootBuilder,
    OutboxService,
    NonceGaps,
    PaidBook,
    PaymentWatch,
    PayoutList,
  ],
  exports: [PayoutList, PayoutFeesService, PayoutWishesService],
})
export class PayoutsModule {
  constructor(chores: Chores, payouts: PayoutsService, prices: Prices) {
    chores.register({ name: 'prices', role: 'payout', run: () => prices.readNow() });
    chores.register({ name: 'payouts', role: 'payout', run: () => payouts.advance() });
  }
}
