import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type CashedCheque,
  CHEQUE_CASHED_TOPIC,
  ChainError,
  type ChainReceipt,
  ChequebookContract,
} from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Alerts } from '../platform/alerts/alerts.js';
import { confirmedReceipt } from '../platform/chain.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { LedgerService } from '../rewards/ledger/ledger.service.js';
import { shareOut } from './cash-parts.js';
import { ChequebookReading, ChequePayee, ChequeRound } from './cheque.entity.js';
import { ChequeBooks } from './cheque-books.service.js';

/** Blocks asked for at once: what public nodes allow. */
const BLOCKS_A_QUERY = 2000;
/** Blocks caught up with in one run. */
const BLOCKS_A_RUN = 100 * BLOCKS_A_QUERY;

/**
 * Books the cheques that were cashed, from final blocks, each payment once. What an event says is compared with the
 * contract's own `paidOut`; what no cheque of ours covers raises an alert, and nothing after it is booked.
 */
@Injectable()
export class CashedCheques {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly books: ChequeBooks,
    private readonly ledger: LedgerService,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
    private readonly chains: Chains,
  ) {}

  /** Returns the block up to which payments are booked now. */
  async follow(campaign: Campaign): Promise<number> {
    const final = await this.chains.finalBlock(campaign.chainId);
    const contract = this.contract(campaign);
    let seen = await this.seen(campaign, contract, final);
    const end = Math.min(final, seen + BLOCKS_A_RUN);
    while (seen < end) {
      const to = Math.min(end, seen + BLOCKS_A_QUERY);
      const receipts = await this.receipts(campaign, seen + 1, to);
      await this.database.transaction(async (manager) => {
        const payees = new Set<string>();
        for (const receipt of receipts)
          for (const event of contract.cashedIn(receipt)) {
            await this.book(manager, campaign, receipt, event);
            payees.add(event.beneficiary);
          }
        for (const payee of payees)
          await this.confirm(manager, campaign, contract, payee, final, to === final);
        await manager.update(ChequebookReading, { campaignId: campaign.id }, { scannedBlock: to });
      });
      seen = to;
    }
    await this.alerts.clear('payment_unreadable', campaign.id);
    return seen;
  }

  private contract({ chainId, payoutContract }: Campaign): ChequebookContract {
    return new ChequebookContract(this.chains.get(chainId).port, payoutContract);
  }

  /** The last block read. Before a campaign's first round no cheque of it can have been cashed. */
  private async seen(
    { id: campaignId }: Campaign,
    contract: ChequebookContract,
    final: number,
  ): Promise<number> {
    const readings = this.database.getRepository(ChequebookReading);
    const known = await readings.findOneBy({ campaignId });
    if (known) return known.scannedBlock;
    const { issuer, balance, liquidBalance, totalPaidOut, bounced } = await contract.state(final);
    const begun = await this.database.getRepository(ChequeRound).existsBy({ campaignId });
    const scannedBlock = begun ? 0 : final;
    const state = { issuer, balance, liquidBalance, totalPaidOut, bounced, covered: true, wanted: 0n };
    await readings.insert({ campaignId, scannedBlock, ...state, readAt: this.clock.now() });
    return scannedBlock;
  }

  /** Of the transactions in which the chequebook paid, in their order. */
  private async receipts({ chainId, payoutContract }: Campaign, fromBlock: number, toBlock: number) {
    const { port } = this.chains.get(chainId);
    const logs = await port.getLogs({
      address: payoutContract,
      topic: CHEQUE_CASHED_TOPIC,
      fromBlock,
      toBlock,
    });
    logs.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
    const receipts: ChainReceipt[] = [];
    for (const hash of new Set(logs.map(({ transactionHash }) => transactionHash))) {
      const receipt = await confirmedReceipt(port, hash);
      if (!receipt) throw new ChainError('block_unknown', 'a final transaction is not known');
      receipts.push(receipt);
    }
    return receipts;
  }

  private async book(
    manager: EntityManager,
    campaign: Campaign,
    { hash: tx, blockNumber }: ChainReceipt,
    { beneficiary, totalPayout, cumulativePayout, logIndex }: CashedCheque,
  ): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [campaign.id]);
    const known = await manager.findOneBy(ChequePayee, { campaignId: campaign.id, beneficiary });
    const before = known?.cashed ?? 0n;
    const parts = await this.books.partsOf(manager, campaign.id, beneficiary);
    const shares = shareOut(parts, before, totalPayout);
    if (!shares) {
      const problem = `${beneficiary} was paid more than its cheques say`;
      await this.alerts.raise('payment_unreadable', campaign.id, { tx, problem });
      throw new ChainError('answers_differ', `${tx}: ${problem}`);
    }
    const moves = shares.map(({ accountId: owner, amount }) => ({
      from: 'contributor:published' as const,
      to: 'contributor:paid' as const,
      owner,
      amount,
    }));
    const isNew = await this.ledger.book(manager, campaign, 'pay', `pay:${tx}:${logIndex}`, moves);
    if (moves.length > 0 && !isNew) return;
    const asked = known && known.asked > cumulativePayout ? known.asked : cumulativePayout;
    const cashed = before + totalPayout;
    const row = { campaignId: campaign.id, beneficiary, cashed, asked, tx, blockNumber };
    await manager.upsert(ChequePayee, { ...row, bookedAt: this.clock.now() }, ['campaignId', 'beneficiary']);
  }

  /** What is booked is what the contract says it paid: never more, and no less once all blocks are read. */
  private async confirm(
    manager: EntityManager,
    { id: campaignId }: Campaign,
    contract: ChequebookContract,
    beneficiary: string,
    final: number,
    all: boolean,
  ): Promise<void> {
    const payee = await manager.findOneByOrFail(ChequePayee, { campaignId, beneficiary });
    const paidOut = await contract.paidOut(beneficiary, final);
    if (payee.cashed <= paidOut && !(all && payee.cashed < paidOut)) return;
    const problem = `events say ${beneficiary} was paid ${payee.cashed}, the chequebook ${paidOut}`;
    await this.alerts.raise('payment_unreadable', campaignId, { tx: payee.tx, problem });
    throw new ChainError('answers_differ', problem);
  }
}
