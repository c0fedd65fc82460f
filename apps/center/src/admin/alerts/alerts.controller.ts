import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { alertSeverities } from '../../platform/alerts/alert-codes.js';
import { Alerts } from '../../platform/alerts/alerts.js';
import { RequireRole } from '../../platform/auth/guards.js';
import { Clock } from '../../platform/clock.js';
import type { AlertsAnswer } from './dto.js';

/** What needs an operator. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: Alerts,
    private readonly clock: Clock,
  ) {}

  /** Open ones first, then those of the last 7 days that are over. */
  @Get()
  async list(): Promise<AlertsAnswer> {
    const now = this.clock.now();
    const items = (await this.alerts.list()).map(
      ({ id, code, subject, detail, raisedAt, seenAt, clearedAt }) => ({
        id,
        code,
        severity: alertSeverities[code],
        subject,
        detail,
        raisedAt: raisedAt.toISOString(),
        seenAt: seenAt.toISOString(),
        clearedAt: clearedAt?.toISOString() ?? null,
        ageSeconds: Math.round(((clearedAt ?? now).getTime() - raisedAt.getTime()) / 1000),
      }),
    );
    return { items };
  }
}
