import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  ChainError,
  type ChainLog,
  CLAIM_TOPIC,
  PUSH_TOPIC,
  parseClaimLogs,
  parsePushReceipt,
} from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CHAIN, type Chain, finalBlock } from '../platform/chain.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { PaidBook } from './paid-book.service.js';
import { PaymentScan, PayoutRoot } from './payout.entity.js';

/** Blocks asked for at once: what public nodes allow. */
const BLOCKS_A_QUERY = 2000;
/** Blocks caught up with in one run. */
const BLOCKS_A_RUN = 100 * BLOCKS_A_QUERY;

/**
 * Books what others made the contract pay: claims by contributors, and pushes, which anybody may send. Only final
 * blocks are read, each once.
 */
@Injectable()
export class PaymentWatch {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly book: PaidBook,
    @Inject(CHAIN) private readonly chain: Chain,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Rejects, and stays where it is, when a payment cannot be told from its transaction. */
  async follow(campaign: Campaign): Promise<void> {
    const final = await finalBlock(this.chain, this.config.CHAIN_FINALITY);
    let seen = await this.seen(campaign.id, final);
    const end = Math.min(final, seen + BLOCKS_A_RUN);
    while (seen < end) {
      const to = Math.min(end, seen + BLOCKS_A_QUERY);
      const range = { address: campaign.payoutContract, fromBlock: seen + 1, toBlock: to };
      const claims = await this.chain.getLogs({ ...range, topic: CLAIM_TOPIC });
      const pushes = await this.chain.getLogs({ ...range, topic: PUSH_TOPIC });
      await this.database.transaction(async (manager) => {
        for (const log of claims) await this.bookClaim(manager, campaign, log);
        for (const log of pushes) await this.bookPush(manager, campaign, log);
        await manager.update(PaymentScan, { campaignId: campaign.id }, { block: to });
      });
      seen = to;
    }
  }

  /** The last block read. Before a campaign's first root nothing can have been paid. */
  private async seen(campaignId: string, final: number): Promise<number> {
    const scans = this.database.getRepository(PaymentScan);
    const scan = await scans.findOneBy({ campaignId });
    if (scan) return scan.block;
    const block = (await this.database.getRepository(PayoutRoot).existsBy({ campaignId })) ? 0 : final;
    await scans.insert({ campaignId, block });
    return block;
  }

  private async bookClaim(manager: EntityManager, campaign: Campaign, log: ChainLog) {
    const { transactionHash: tx, blockNumber, logIndex } = log;
    const payments = parseClaimLogs(campaign.payoutContract, [log]);
    await this.book.book(manager, campaign, {
      key: `pay:${tx}:${logIndex}`,
      tx,
      blockNumber,
      rootId: null,
      payments,
      failed: [],
    });
  }

  /** Those of this center's own pushes that are booked already change nothing. */
  private async bookPush(manager: EntityManager, campaign: Campaign, log: ChainLog) {
    const { transactionHash: tx, blockNumber } = log;
    const [receipt, transaction] = await Promise.all([
      this.chain.getReceipt(tx),
      this.chain.getTransaction(tx),
    ]);
    if (!receipt || !transaction) throw new ChainError('block_unknown', 'a final transaction is not known');
    const { payoutContract, tokenAddress, unitSize } = campaign;
    const context = { campaign: payoutContract, token: tokenAddress, unitSize };
    const { epoch, payments, failed } = parsePushReceipt(context, transaction.data, receipt);
    const root = await manager.findOneBy(PayoutRoot, { campaignId: campaign.id, number: epoch });
    await this.book.book(manager, campaign, {
      key: `pay:${tx}`,
      tx,
      blockNumber,
      rootId: root?.id ?? null,
      payments,
      failed,
    });
  }
}
