import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Between, DataSource, type EntityManager } from 'typeorm';
import {
  CHUNK,
  ChainError,
  CLAIM_TOPIC,
  type ClaimEvent,
  PayoutCampaignContract,
  PUSH_TOPIC,
  type PushEvent,
  placeTransfers,
  readPaymentEvents,
  SettlementError,
  unitsAt,
} from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Alerts } from '../platform/alerts/alerts.js';
import { confirmedReceipt } from '../platform/chain.js';
import { Chains } from '../platform/chains.js';
import { PaidBook } from './paid-book.service.js';
import { PaymentScan, PayoutEntryRow, PayoutRoot } from './payout.entity.js';
import { paidVectors } from './root-builder.service.js';

/** Blocks asked for at once: what public nodes allow. */
const BLOCKS_A_QUERY = 2000;
/** Blocks caught up with in one run. */
const BLOCKS_A_RUN = 100 * BLOCKS_A_QUERY;

/**
 * Books what others made the contract pay: claims by contributors, and pushes, which anybody may send, told by the
 * contract's own events whatever was called. Only final blocks are read, each once.
 */
@Injectable()
export class PaymentWatch {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly book: PaidBook,
    private readonly alerts: Alerts,
    private readonly chains: Chains,
  ) {}

  /** Rejects, raises an alert and stays where it is, when a payment cannot be told from its events. */
  async follow(campaign: Campaign): Promise<void> {
    const final = await this.chains.finalBlock(campaign.chainId);
    let seen = await this.seen(campaign.id, final);
    const end = Math.min(final, seen + BLOCKS_A_RUN);
    while (seen < end) {
      const to = Math.min(end, seen + BLOCKS_A_QUERY);
      const found = await this.transactions(campaign, seen + 1, to);
      const contractPaid = found.length > 0 ? await this.contractPaid(campaign) : 0n;
      await this.database.transaction(async (manager) => {
        for (const hash of found) await this.bookTransaction(manager, campaign, hash, contractPaid);
        await manager.update(PaymentScan, { campaignId: campaign.id }, { block: to });
      });
      seen = to;
    }
    await this.alerts.clear('payment_unreadable', campaign.id);
  }

  /** Base units the contract has paid by the last final block. */
  async contractPaid(campaign: Campaign): Promise<bigint> {
    const contract = new PayoutCampaignContract(
      this.chains.get(campaign.chainId).port,
      campaign.payoutContract,
    );
    const { paidUnits } = await contract.state(await this.chains.finalBlock(campaign.chainId));
    return paidUnits * campaign.unitSize;
  }

  /** Those in which the contract paid, in their order. */
  private async transactions(campaign: Campaign, fromBlock: number, toBlock: number): Promise<string[]> {
    const range = { address: campaign.payoutContract, fromBlock, toBlock };
    const { port } = this.chains.get(campaign.chainId);
    const logs = [
      ...(await port.getLogs({ ...range, topic: CLAIM_TOPIC })),
      ...(await port.getLogs({ ...range, topic: PUSH_TOPIC })),
    ].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
    return [...new Set(logs.map((log) => log.transactionHash))];
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

  /** What this center's own pushes paid and is booked already changes nothing. */
  private async bookTransaction(
    manager: EntityManager,
    campaign: Campaign,
    tx: string,
    contractPaid: bigint,
  ): Promise<void> {
    const receipt = await confirmedReceipt(this.chains.get(campaign.chainId).port, tx);
    if (!receipt) throw new ChainError('block_unknown', 'a final transaction is not known');
    const { blockNumber } = receipt;
    try {
      let pushes = 0;
      for (const event of readPaymentEvents(contextOf(campaign), receipt.logs)) {
        const { logIndex } = event;
        const later = event.kind === 'claim' || pushes++ > 0;
        const paid = event.kind === 'claim' ? claimed(event) : await this.pushed(manager, campaign, event);
        const key = later ? `pay:${tx}:${logIndex}` : `pay:${tx}`;
        await this.book.book(manager, campaign, { key, tx, blockNumber, contractPaid, ...paid });
      }
    } catch (error) {
      if (error instanceof SettlementError)
        await this.alerts.raise('payment_unreadable', campaign.id, { tx, problem: error.message });
      throw error;
    }
  }

  private async pushed(manager: EntityManager, campaign: Campaign, push: PushEvent) {
    const { firstIndex, indices, epoch } = push;
    const root = await manager.findOneBy(PayoutRoot, { campaignId: campaign.id, number: epoch });
    if (!root)
      throw new SettlementError('receipt_mismatch', 'a push under a root that is not ours', { epoch });
    const entries = await manager.find(PayoutEntryRow, {
      where: { rootId: root.id, index: Between(firstIndex, firstIndex + indices - 1) },
      order: { index: 'ASC' },
    });
    const paid = await paidVectors(manager, campaign.id);
    const payees = entries.map(({ index, address, units }) => {
      const vector = paid.get(Math.floor(index / CHUNK));
      return { index, account: address, due: units - (vector ? unitsAt(vector, index % CHUNK) : 0n) };
    });
    const failed = push.failed.map((index) => ({ index }));
    return { rootId: root.id, payments: placeTransfers(push, payees), failed };
  }
}

/** What a claim paid; its event names no root. */
const claimed = ({ index, units }: ClaimEvent) => ({
  rootId: null,
  payments: [{ index, units }],
  failed: [],
});

/** What is needed to read a receipt of the campaign. */
export const contextOf = ({ payoutContract, tokenAddress, unitSize }: Campaign) => ({
  campaign: payoutContract,
  token: tokenAddress,
  unitSize,
});
