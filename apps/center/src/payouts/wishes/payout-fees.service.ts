import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Chains } from '../../platform/chains.js';
import { Clock } from '../../platform/clock.js';
import { coinAsset, Prices, tokenAsset } from '../../platform/prices/prices.js';
import type { FeeInFiat } from './held-for.js';

/** Gas a payee, first payment, 512 a transaction (`npm run bench:gas`): what is expected before any push was made. */
const GAS_PER_PAYEE = 25_890n;
/** Gas of cashing a cheque for the first time (test/cheques.spec.ts compares): the contributor pays it. */
export const GAS_TO_CASH = 106_000n;
/** Pushes whose gas is taken for the next one's. */
const PUSHES = 20;
const FRESH_MS = 30_000;
const PATIENCE_MS = 2_000;

/** What paying one contributor of a campaign is expected to cost. */
export interface ExpectedFee {
  readonly gas: bigint;
  /** Whether the gas was measured at this campaign's own pushes. */
  readonly measured: boolean;
  readonly weiPerGas: bigint;
  readonly wei: bigint;
  readonly readAt: Date;
}

/** The expected fee of a payout: of a push the operator's, of a cheque the contributor's, who may ask that it be in proportion. */
@Injectable()
export class PayoutFeesService {
  /** By chain. */
  private readonly last = new Map<number, { weiPerGas: bigint; readAt: Date }>();
  private readonly reading = new Map<number, Promise<void>>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly chains: Chains,
    private readonly prices: Prices,
  ) {}

  /** Gas measured × fee now; null while nothing is known of the chain's fee. Never waits long. */
  async expected(campaign: Campaign): Promise<ExpectedFee | null> {
    const fee = await this.feeNow(campaign.chainId);
    if (!fee) return null;
    const { gas, measured } =
      campaign.payoutKind === 'cheques'
        ? { gas: GAS_TO_CASH, measured: false }
        : await this.gasPerPayee(campaign.id);
    return { ...fee, gas, measured, wei: gas * fee.weiPerGas };
  }

  /** The same with prices of coin and token; null unless all three are known. */
  async inFiat(campaign: Campaign, fee: ExpectedFee | null): Promise<FeeInFiat | null> {
    if (!fee) return null;
    const { chainId, tokenAddress, tokenDecimals } = campaign;
    const [coin, token] = [coinAsset(chainId), tokenAsset(chainId, tokenAddress)];
    const prices = await this.prices.current([coin, token]);
    const [of, to] = [prices.get(coin), prices.get(token)];
    if (!of || !to || of.currency !== to.currency) return null;
    return { wei: fee.wei, coinPrice: of.price, tokenPrice: to.price, tokenDecimals };
  }

  async gasPerPayee(campaignId: string): Promise<{ gas: bigint; measured: boolean }> {
    const [sum] = await this.database.query<{ gas: string | null; payees: string | null }[]>(
      `SELECT SUM("gasUsed") AS gas, SUM(payees) AS payees FROM (
         SELECT o."gasUsed", o.payees FROM outbox o JOIN payout_roots r ON r.id = o."rootId"
         WHERE r."campaignId" = $1 AND o.booked AND o.payees > 0 AND o."gasUsed" IS NOT NULL
         ORDER BY o."createdAt" DESC LIMIT ${PUSHES}) pushes`,
      [campaignId],
    );
    if (!sum?.gas || !sum.payees) return { gas: GAS_PER_PAYEE, measured: false };
    return { gas: BigInt(sum.gas) / BigInt(sum.payees), measured: true };
  }

  /** Base fee and tip; the last known ones, with their age, when the chain does not answer soon. */
  async feeNow(chainId: number): Promise<{ weiPerGas: bigint; readAt: Date } | null> {
    const known = this.last.get(chainId) ?? null;
    if (known && this.clock.now().getTime() - known.readAt.getTime() < FRESH_MS) return known;
    if (!this.chains.has(chainId)) return known;
    const reading = this.reading.get(chainId) ?? this.read(chainId);
    this.reading.set(chainId, reading);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([reading, patience]);
    clearTimeout(timer);
    return this.last.get(chainId) ?? null;
  }

  private async read(chainId: number): Promise<void> {
    try {
      const { baseFeePerGas, maxPriorityFeePerGas } = await this.chains.get(chainId).port.feeData();
      this.last.set(chainId, { weiPerGas: baseFeePerGas + maxPriorityFeePerGas, readAt: this.clock.now() });
    } catch {
      // unknown is shown as unknown; `watch` raises the alert
    } finally {
      this.reading.delete(chainId);
    }
  }
}
