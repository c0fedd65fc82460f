import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { Chores } from '../platform/chores.js';
import { ReconcileService } from '../rewards/reconcile/reconcile.service.js';
import { RewardsModule } from '../rewards/rewards.module.js';
import { CashedCheques } from './cashed-cheques.service.js';
import { Cheque, ChequebookReading, ChequePart, ChequePayee, ChequeRound } from './cheque.entity.js';
import { ChequeBooks } from './cheque-books.service.js';
import { ChequeCover } from './cheque-cover.service.js';
import { ChequeIssuing } from './cheque-issuing.service.js';
import { ChequeList } from './cheque-list.service.js';
import { ChequeRounds } from './cheque-rounds.service.js';
import { ChequebookList } from './chequebook-list.service.js';
import { AdminChequesController, ChequesController, MyChequesController } from './cheques.controller.js';
import { ChequesService } from './cheques.service.js';

@Module({
  imports: [
    CampaignsModule,
    RewardsModule,
    PayoutsModule,
    TypeOrmModule.forFeature([ChequeRound, Cheque, ChequePart, ChequePayee, ChequebookReading]),
  ],
  controllers: [MyChequesController, ChequesController, AdminChequesController],
  providers: [
    ChequesService,
    ChequeRounds,
    ChequeIssuing,
    ChequeCover,
    CashedCheques,
    ChequeBooks,
    ChequeList,
    ChequebookList,
  ],
  exports: [ChequebookList],
})
export class ChequesModule {
  constructor(chores: Chores, cheques: ChequesService, books: ChequeBooks, reconcile: ReconcileService) {
    reconcile.alsoCompare(books.compare);
    chores.register({ name: 'cheques', role: 'payout', run: () => cheques.advance() });
  }
}
