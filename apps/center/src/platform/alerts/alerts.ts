import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, type Repository } from 'typeorm';
import { Clock } from '../clock.js';
import { Log } from '../log.js';
import { Alert } from './alert.entity.js';
import { type AlertCode, type AlertDetail, alertSeverities } from './alert-codes.js';

/** Alerts that are over are shown for this long. */
const SHOWN_MS = 7 * 86_400_000;
const SHOWN = 200;

/** What an operator has to look at. Any domain may raise an alert; admins read them at `GET /api/admin/alerts`. */
@Injectable()
export class Alerts {
  constructor(
    @InjectRepository(Alert) private readonly alerts: Repository<Alert>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Says that something is so, again and again while it is: one alert, with its newest detail. */
  async raise(code: AlertCode, subject: string, detail: AlertDetail = {}): Promise<void> {
    const now = this.clock.now();
    const open = await this.alerts.update({ code, subject, clearedAt: IsNull() }, { detail, seenAt: now });
    if (open.affected) return;
    const { raw } = await this.alerts
      .createQueryBuilder()
      .insert()
      .values({ code, subject, detail, raisedAt: now, seenAt: now })
      // another process was first
      .orIgnore()
      .returning('id')
      .execute();
    if (raw.length > 0)
      this.log.error(`alert: ${code}`, { severity: alertSeverities[code], subject, detail });
  }

  /** Says that it is no longer so; nothing happens when it was not. */
  async clear(code: AlertCode, subject: string): Promise<void> {
    const ended = await this.alerts.update(
      { code, subject, clearedAt: IsNull() },
      { clearedAt: this.clock.now() },
    );
    if (ended.affected) this.log.log(`alert over: ${code}`, { subject });
  }

  /** Raises or clears, as it is. */
  set(code: AlertCode, subject: string, detail: AlertDetail | null): Promise<void> {
    return detail ? this.raise(code, subject, detail) : this.clear(code, subject);
  }

  /** Open alerts, oldest first, then those of the last 7 days that are over, newest first; at most 200 of each. */
  async list(): Promise<Alert[]> {
    const open = await this.alerts.find({
      where: { clearedAt: IsNull() },
      order: { raisedAt: 'ASC' },
      take: SHOWN,
    });
    const since = new Date(this.clock.now().getTime() - SHOWN_MS);
    const over = await this.alerts.find({
      where: { clearedAt: MoreThan(since) },
      order: { clearedAt: 'DESC' },
      take: SHOWN,
    });
    return [...open, ...over];
  }
}
