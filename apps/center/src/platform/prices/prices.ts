import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Between, In, MoreThan, type Repository } from 'typeorm';
import { Clock } from '../clock.js';
import { Log } from '../log.js';
import { Price } from './price.entity.js';
import { PRICE_SOURCE, type PriceSource } from './price-source.js';

const EVERY_MS = 15 * 60_000;
/** A price older than this says nothing of now. */
const NOW_MS = 24 * 3_600_000;

export const coinAsset = (chainId: number): string => String(chainId);
export const tokenAsset = (chainId: number, token: string): string => `${chainId}:${token.toLowerCase()}`;

/** What one whole coin cost when it was last looked at. */
export interface KnownPrice {
  readonly price: string;
  readonly currency: string;
  readonly readAt: Date;
}

/**
 * Prices as they were kept, a day each. They are read by a chore alone: what wants one takes what is there, or does
 * without, and never waits for whoever tells them.
 */
@Injectable()
export class Prices {
  private triedAt = 0;

  constructor(
    @InjectRepository(Price) private readonly rows: Repository<Price>,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(PRICE_SOURCE) private readonly source: PriceSource | null,
  ) {}

  /** Whether the operator named a source. */
  get isOn(): boolean {
    return this.source !== null;
  }

  /** Keeps today's prices, every quarter of an hour at most. That there are none is logged, no more. */
  async readNow(): Promise<void> {
    const now = this.clock.now();
    if (!this.source || now.getTime() - this.triedAt < EVERY_MS) return;
    this.triedAt = now.getTime();
    try {
      const { currency, prices } = await this.source.read();
      const day = now.toISOString().slice(0, 10);
      const rows = Object.entries(prices).map(([asset, price]) => ({
        asset,
        currency,
        day,
        price,
        readAt: now,
      }));
      if (rows.length > 0) await this.rows.upsert(rows, ['asset', 'currency', 'day']);
    } catch (error) {
      this.log.warn('no prices', { problem: String(error) });
    }
  }

  /** The newest prices of assets, none older than a day; empty when switched off. */
  async current(assets: readonly string[]): Promise<Map<string, KnownPrice>> {
    if (!this.isOn) return new Map();
    const since = new Date(this.clock.now().getTime() - NOW_MS);
    const rows = await this.rows.find({
      where: { asset: In([...assets]), readAt: MoreThan(since) },
      order: { readAt: 'ASC' },
    });
    return new Map(rows.map(({ asset, price, currency, readAt }) => [asset, { price, currency, readAt }]));
  }

  /** Prices of an asset by UTC day; empty when switched off. The currency is the newest one's. */
  async ofDays(
    asset: string,
    from: Date,
    to: Date,
  ): Promise<{ currency: string | null; byDay: Map<string, string> }> {
    if (!this.isOn) return { currency: null, byDay: new Map() };
    const [newest] = await this.rows.find({ where: { asset }, order: { readAt: 'DESC' }, take: 1 });
    if (!newest) return { currency: null, byDay: new Map() };
    const day = (at: Date) => at.toISOString().slice(0, 10);
    const { currency } = newest;
    const rows = await this.rows.findBy({ asset, currency, day: Between(day(from), day(to)) });
    return { currency, byDay: new Map(rows.map((row) => [row.day, row.price])) };
  }
}
