import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { getAddress, ZeroAddress } from 'ethers';
import { IsNull, LessThanOrEqual, MoreThan, type Repository } from 'typeorm';
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

const HISTORY = 50;

/** Where people are paid. The first address holds at once; a change waits for the cool-down. */
@Injectable()
export class PayoutAddresses {
  constructor(
    @InjectRepository(PayoutAddress) private readonly rows: Repository<PayoutAddress>,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /**
   * Sets the address from now (the first) or from after the cool-down on. A change that still waits is called off; the
   * address in force, said again, does no more than that. Errors: see readPayoutAddress.
   */
  async set(accountId: string, text: string): Promise<void> {
    const address = readPayoutAddress(text);
    await this.alone(accountId, async (rows) => {
      const now = this.clock.now();
      const { current, pending } = await this.both(accountId, rows);
      if (pending?.address === address) return;
      await this.callOff(rows, accountId, now);
      if (current?.address === address) return;
      const cooldownMs = current ? this.config.PAYOUT_ADDRESS_COOLDOWN_HOURS * 3_600_000 : 0;
      const effectiveAt = new Date(now.getTime() + cooldownMs);
      await rows.insert({ accountId, address, setAt: now, effectiveAt });
    });
  }

  /** Calls off a change that still waits. Errors: conflict when none does. */
  async cancel(accountId: string): Promise<void> {
    await this.alone(accountId, async (rows) => {
      if ((await this.callOff(rows, accountId, this.clock.now())) === 0)
        throw new CroftError('conflict', { problems: ['no change of the payout address waits'] });
    });
  }

  /** Every address ever set, newest first, 50 at most: who was in the account cannot take a change out of it. */
  history(accountId: string): Promise<PayoutAddress[]> {
    return this.rows.find({ where: { accountId }, order: { setAt: 'DESC' }, take: HISTORY });
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
      .where('row.effectiveAt <= :now AND row.cancelledAt IS NULL', { now: this.clock.now() })
      .orderBy('row.accountId')
      .addOrderBy('row.effectiveAt', 'DESC')
      .getMany();
    return new Map(rows.map((row) => [row.accountId, row.address]));
  }

  /** The address in force and the one that still waits. */
  async both(
    accountId: string,
    rows: Repository<PayoutAddress> = this.rows,
  ): Promise<{ current: PayoutAddress | null; pending: PayoutAddress | null }> {
    const now = this.clock.now();
    const newest = { effectiveAt: 'DESC' } as const;
    const standing = { accountId, cancelledAt: IsNull() };
    const pending = await rows.findOne({ where: { ...standing, effectiveAt: MoreThan(now) }, order: newest });
    const current = await rows.findOne({
      where: { ...standing, effectiveAt: LessThanOrEqual(now) },
      order: newest,
    });
    return { current, pending };
  }

  private async callOff(rows: Repository<PayoutAddress>, accountId: string, now: Date): Promise<number> {
    const waiting = { accountId, cancelledAt: IsNull(), effectiveAt: MoreThan(now) };
    const { affected } = await rows.update(waiting, { cancelledAt: now });
    return affected ?? 0;
  }

  /** Changes of one account one after another: of two at once, one is called off by the other. */
  private alone(
    accountId: string,
    change: (rows: Repository<PayoutAddress>) => Promise<void>,
  ): Promise<void> {
    return this.rows.manager.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 4))', [accountId]);
      await change(manager.getRepository(PayoutAddress));
    });
  }
}
