import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ChequebookContract, uncashedSum } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Alerts } from '../platform/alerts/alerts.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { ChequebookReading } from './cheque.entity.js';
import { ChequeBooks } from './cheque-books.service.js';

/** What a chequebook could pay; base units. */
export interface Cover {
  /** EIP-55. */
  readonly issuer: string;
  /** For everything that is uncashed, by the booked block and by the newest one, whichever is less. */
  readonly liquid: bigint;
}

/** How often a chequebook is read when nothing is to be signed. */
const EVERY_MS = 60_000;

/** Watches that chequebooks cover what is uncashed. Hard deposits are bound for one payee each and cover nothing here. */
@Injectable()
export class ChequeCover {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly books: ChequeBooks,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
    private readonly chains: Chains,
  ) {}

  async isDue(campaignId: string): Promise<boolean> {
    const last = await this.reading(campaignId);
    return !last || this.clock.now().getTime() - last.readAt.getTime() >= EVERY_MS;
  }

  reading(campaignId: string): Promise<ChequebookReading | null> {
    return this.database.getRepository(ChequebookReading).findOneBy({ campaignId });
  }

  uncashed(manager: EntityManager, campaignId: string): Promise<bigint> {
    return this.books.newest(manager, campaignId).then(uncashedSum);
  }

  /**
   * Reads the chequebook at the block up to which payments are booked, and at the newest one: money that is on its way
   * does not cover yet, and what was taken out since does not cover any more. Rejects with a ChainError.
   */
  async look(campaign: Campaign, booked: number): Promise<Cover> {
    const contract = new ChequebookContract(this.chains.get(campaign.chainId).port, campaign.payoutContract);
    const [then, now] = [await contract.state(booked), await contract.state('latest')];
    // what was cashed meanwhile has left the balance, and is uncashed no more
    const liquidNow = now.liquidBalance + now.totalPaidOut - then.totalPaidOut;
    const liquid = liquidNow < then.liquidBalance ? liquidNow : then.liquidBalance;
    const { issuer, balance, liquidBalance, totalPaidOut } = then;
    const reading = { issuer, balance, liquidBalance, totalPaidOut, bounced: now.bounced };
    await this.database
      .getRepository(ChequebookReading)
      .update({ campaignId: campaign.id }, { ...reading, readAt: this.clock.now() });
    await this.alerts.set(
      'cheque_bounced',
      campaign.id,
      now.bounced ? { chequebook: campaign.payoutContract } : null,
    );
    return { issuer, liquid };
  }

  /** Says whether a sum (base units) of uncashed cheques, present or wanted, is covered. */
  async judge(
    { id: campaignId, payoutContract }: Campaign,
    uncashed: bigint,
    { liquid }: Cover,
  ): Promise<boolean> {
    const covered = uncashed <= liquid;
    await this.database.getRepository(ChequebookReading).update({ campaignId }, { covered });
    const detail = { chequebook: payoutContract, uncashed: `${uncashed}`, liquid: `${liquid}` };
    await this.alerts.set('cheques_uncovered', campaignId, covered ? null : detail);
    return covered;
  }
}
