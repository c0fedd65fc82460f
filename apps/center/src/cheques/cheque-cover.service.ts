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

/** What beneficiaries could take, base units: by cheques that are fixed, and with those that would be. */
export interface Uncashed {
  readonly fixed: bigint;
  readonly wanted: bigint;
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

  async uncashed(manager: EntityManager, campaignId: string): Promise<Uncashed> {
    const fixed = uncashedSum(await this.books.newest(manager, campaignId));
    return { fixed, wanted: fixed };
  }

  /**
   * Reads the chequebook at the block up to which payments are booked, and at the newest one: money that is on its way
   * does not cover yet, and what was taken out since does not cover any more. Rejects with a ChainError, also while nodes of
   * the chain contradict each other.
   */
  async look(campaign: Campaign, booked: number): Promise<Cover> {
    const { port } = this.chains.get(campaign.chainId);
    if (port.dispute) throw port.dispute;
    const contract = new ChequebookContract(port, campaign.payoutContract);
    const [then, now] = [await contract.state(booked), await contract.state('latest')];
    // what was cashed meanwhile has left the balance, and is uncashed no more
    const liquidNow = now.liquidBalance + now.totalPaidOut - then.totalPaidOut;
    const liquid = liquidNow < then.liquidBalance ? liquidNow : then.liquidBalance;
    const { issuer, balance, liquidBalance, totalPaidOut, bounced } = then;
    const reading = { issuer, balance, liquidBalance, totalPaidOut, bounced };
    await this.database
      .getRepository(ChequebookReading)
      .update({ campaignId: campaign.id }, { ...reading, readAt: this.clock.now() });
    await this.alerts.set(
      'cheque_bounced',
      campaign.id,
      bounced ? { chequebook: campaign.payoutContract } : null,
    );
    return { issuer, liquid };
  }

  /** Says whether what is fixed is covered; the alert is about what is wanted, too. */
  async judge(
    { id: campaignId, payoutContract }: Campaign,
    { fixed, wanted }: Uncashed,
    { liquid }: Cover,
  ): Promise<boolean> {
    const covered = fixed <= liquid;
    await this.database.getRepository(ChequebookReading).update({ campaignId }, { covered, wanted });
    const detail = {
      chequebook: payoutContract,
      uncashed: `${fixed}`,
      wanted: `${wanted}`,
      liquid: `${liquid}`,
    };
    await this.alerts.set('cheques_uncovered', campaignId, wanted <= liquid ? null : detail);
    return covered;
  }
}
