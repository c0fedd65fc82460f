import { Injectable } from '@nestjs/common';
import { CroftError } from '#libs/protocol';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import type { PayoutAddressesAnswer } from './dto/answers.js';
import { PayoutAddresses, readPayoutAddress } from './payout-addresses.js';

/** Setting a payout address, with everything that is refused. */
@Injectable()
export class PayoutAddressPolicy {
  constructor(
    private readonly addresses: PayoutAddresses,
    private readonly campaigns: CampaignsService,
  ) {}

  /** Errors: payout_address_invalid, _zero, _is_token, _is_contract. */
  async set(accountId: string, text: string): Promise<void> {
    const address = readPayoutAddress(text);
    const owner = await this.campaigns.contractAt(address);
    if (owner)
      throw new CroftError(owner === 'token' ? 'payout_address_is_token' : 'payout_address_is_contract');
    await this.addresses.set(accountId, address);
  }

  /** Errors: conflict when no change waits. */
  cancel(accountId: string): Promise<void> {
    return this.addresses.cancel(accountId);
  }

  /** Every address that was ever set, newest first. */
  async history(accountId: string): Promise<PayoutAddressesAnswer> {
    const items = (await this.addresses.history(accountId)).map(
      ({ address, setAt, effectiveAt, cancelledAt }) => ({
        address,
        setAt: setAt.toISOString(),
        effectiveAt: effectiveAt.toISOString(),
        cancelledAt: cancelledAt?.toISOString() ?? null,
      }),
    );
    return { items };
  }
}
