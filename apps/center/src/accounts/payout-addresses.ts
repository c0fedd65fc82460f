import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { getAddress, ZeroAddress } from 'ethers';
import { LessThanOrEqual, MoreThan, type Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { PayoutAddress } from './payout-address.entity.js';

/** An EVM address in EIP-55 form. Errors: payout_address_invalid, payout_address_zero. */
export function readPayoutAddress(text: string): string {
  let address: string;
  try {
    // a bare hex string or an ICAP form would pass getAddress; a payout address is written with 0x
    if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new TypeError(text);
    address = getAddress(text);
  } catch (cause) {
    throw new CroftError('payout_address_invalid', undefined, { cause });
  }
  if (address === ZeroAddress) throw new CroftError('payout_address_zero');
  return address;
}

/** Where people are paid. The first address holds at once; a change waits for the cool-down. */
@Injectable()
export class PayoutAddresses {
  constructor(
    @InjectRepository(PayoutAddress) private readonly rows: Repository<PayoutAddress>,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Sets the address from now (the first) or from after the cool-down on. Errors: see readPayoutAddress. */
  async set(accountId: string, text: string): Promise<void> {
    const address = readPayoutAddress(text);
    const now = this.clock.now();
    const { current, pending } = await this.both(accountId);
    if ((pending ?? current)?.address === address) return;
    const cooldownMs = current ? this.config.PAYOUT_ADDRESS_COOLDOWN_HOURS * 3_600_000 : 0;
    await this.rows.insert({
      accountId,
      address,
      setAt: now,
      effectiveAt: new Date(now.getTime() + cooldownMs),
    });
  }

  /** The address in force now, or null. */
  async current(accountId: string): Promise<PayoutAddress | null> {
    return (await this.both(accountId)).current;
  }

  /** The address in force of every account that has one. */
  async all(): Promise<Map<string, string>> {
    const rows = await this.rows
      .createQueryBuilder('row')
      .distinctOn(['row.accountId'])
      .where('row.effectiveAt <= :now', { now: this.clock.now() })
      .orderBy('row.accountId')
      .addOrderBy('row.setAt', 'DESC')
      .getMany();
    return new Map(rows.map((row) => [row.accountId, row.address]));
  }

  /** The address in force and the newest one that still waits. A later change replaces a waiting one. */
  async both(accountId: string): Promise<{ current: PayoutAddress | null; pending: PayoutAddress | null }> {
    const now = this.clock.now();
    const newest = { setAt: 'DESC' } as const;
    const pending = await this.rows.findOne({
      where: { accountId, effectiveAt: MoreThan(now) },
      order: newest,
    });
    const current = await this.rows.findOne({
      where: { accountId, effectiveAt: LessThanOrEqual(now) },
      order: newest,
    });
    return { current, pending };
  }
}
