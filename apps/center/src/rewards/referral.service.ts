import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { AccountsService } from '../accounts/accounts.service.js';
import { Clock } from '../platform/clock.js';
import type { ReferralView } from './dto.js';
import { Referral } from './referral.entity.js';

/** Who brought whom. It is said once and never changes. */
@Injectable()
export class ReferralService {
  constructor(
    @InjectRepository(Referral) private readonly referrals: Repository<Referral>,
    private readonly accounts: AccountsService,
    private readonly clock: Clock,
  ) {}

  async view(accountId: string): Promise<ReferralView> {
    const referred = await this.referrals.existsBy({ accountId });
    return { code: accountId, referred, brought: await this.referrals.countBy({ referrerId: accountId }) };
  }

  /** Errors: not_found (no such code), conflict (said already, oneself, or each other). */
  async say(accountId: string, referrerId: string): Promise<ReferralView> {
    if (!(await this.accounts.names([referrerId])).has(referrerId)) throw new CroftError('not_found');
    const back = await this.referrals.existsBy({ accountId: referrerId, referrerId: accountId });
    if (back || referrerId === accountId) throw new CroftError('conflict');
    const { raw } = await this.referrals
      .createQueryBuilder()
      .insert()
      .values({ accountId, referrerId, at: this.clock.now() })
      .orIgnore()
      .returning('"accountId"')
      .execute();
    if (raw.length === 0) throw new CroftError('conflict');
    return this.view(accountId);
  }
}
