import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, MoreThan, type Repository } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Entropy } from '../platform/entropy.js';
import { type Campaign, Epoch } from './campaign.entity.js';
import type { EpochView } from './dto.js';

/** The calendar of a campaign: equal periods from its start, each with a secret committed to beforehand. */
@Injectable()
export class EpochsService {
  constructor(
    @InjectRepository(Epoch) private readonly epochs: Repository<Epoch>,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  /** The epoch that runs now. The one after it is fixed too, so that its secret's hash is known before it begins. */
  async current(campaign: Campaign): Promise<Epoch> {
    const sinceStart = this.clock.now().getTime() - campaign.startsAt.getTime();
    const index = Math.max(0, Math.floor(sinceStart / (campaign.epochSeconds * 1000)));
    const known = await this.epochs.findBy({ campaignId: campaign.id, index: In([index, index + 1]) });
    for (const wanted of [index, index + 1]) {
      if (!known.some((epoch) => epoch.index === wanted)) await this.commit(campaign, wanted);
    }
    return this.epochs.findOneByOrFail({ campaignId: campaign.id, index });
  }

  /** Epochs after `index` that have ended, oldest first, at most 1000. */
  endedAfter(campaignId: string, index: number): Promise<Epoch[]> {
    return this.epochs.find({
      where: { campaignId, index: MoreThan(index), endsAt: LessThanOrEqual(this.clock.now()) },
      order: { index: 'ASC' },
      take: 1000,
    });
  }

  async byIds(ids: string[]): Promise<Map<string, Epoch>> {
    const rows = await this.epochs.findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The newest 200 epochs as everybody may see them. */
  async published(campaignId: string): Promise<EpochView[]> {
    const now = this.clock.now();
    const rows = await this.epochs.find({ where: { campaignId }, order: { index: 'DESC' }, take: 200 });
    return rows.map((row) => ({
      index: row.index,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      secretHash: row.secretHash.toString('hex'),
      secret: row.endsAt <= now ? row.secret.toString('hex') : null,
    }));
  }

  private async commit(campaign: Campaign, index: number) {
    const secret = Buffer.from(this.entropy.bytes(32));
    const startMs = campaign.startsAt.getTime() + index * campaign.epochSeconds * 1000;
    await this.epochs
      .createQueryBuilder()
      .insert()
      .values({
        campaignId: campaign.id,
        index,
        startsAt: new Date(startMs),
        endsAt: new Date(startMs + campaign.epochSeconds * 1000),
        secret,
        secretHash: createHash('sha256').update(secret).digest(),
      })
      .orIgnore()
      .execute();
  }
}
