import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountFacts } from '#libs/ruleset';
import { PayoutAddresses } from '../accounts/payout-addresses.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Referral } from './referral.entity.js';

/** What the rules need to know of people: who belongs together, and who brought whom. */
@Injectable()
export class PeopleFacts {
  constructor(private readonly addresses: PayoutAddresses) {}

  /** Only what a rule of the campaign asks for; accounts that are paid to one address are one cluster. */
  async facts(
    manager: EntityManager,
    campaign: Campaign,
    referralBps: number,
  ): Promise<Record<string, AccountFacts>> {
    const referrals = referralBps > 0 ? await manager.find(Referral) : [];
    if (referrals.length === 0 && campaign.clusterCapPerEpoch === null) return {};
    const referrerOf = new Map(referrals.map((row) => [row.accountId, row.referrerId]));
    const accounts = await this.addresses.all();
    const byAddress = new Map<string, string[]>();
    for (const [account, address] of accounts)
      byAddress.set(address, [...(byAddress.get(address) ?? []), account]);
    const cluster = (account: string) => {
      const address = accounts.get(account);
      if (!address || byAddress.get(address)!.length < 2) return null;
      return createHash('sha256').update(`croft/cluster\0${address}`).digest('hex').slice(0, 16);
    };
    const known = new Set([...accounts.keys(), ...referrerOf.keys(), ...referrerOf.values()]);
    return Object.fromEntries(
      [...known]
        .map((account): [string, AccountFacts] => [
          account,
          { cluster: cluster(account), referrer: referrerOf.get(account) ?? null },
        ])
        .filter(([, facts]) => facts.cluster !== null || facts.referrer !== null)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
}
