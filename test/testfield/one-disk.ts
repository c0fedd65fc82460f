import { ReferralService } from '../../apps/center/src/rewards/referral.service.js';
import { honest } from './behaviours/honest.js';
import type { Field } from './field.js';
import type { ScriptedClient } from './scripted-client.js';

/** The same disk twice: with one honest identity, and with many that one person made up. */
export interface OneDisk {
  one: ScriptedClient;
  many: ScriptedClient[];
  /** How many plots fit on the disk. */
  fits: number;
}

/**
 * A disk for half as many plots as there are identities. One keeps as many plots as fit. The others claim a plot each,
 * have half of them, and all but the first say that the first has brought them, for the referral's share.
 */
export async function oneDisk(field: Field, campaignId: string, identities: number): Promise<OneDisk> {
  const fits = Math.floor(identities / 2);
  const [one, ...many] = (await field.settle(campaignId, [
    { behaviour: honest, plots: fits },
    ...Array.from({ length: identities }, () => ({ behaviour: honest, plots: 1 })),
  ])) as [ScriptedClient, ...ScriptedClient[]];
  for (const identity of many.slice(fits)) identity.drop(...identity.disk.keys());
  const referrals = field.world.app.get(ReferralService);
  for (const identity of many.slice(1)) await referrals.say(identity.accountId, many[0]!.accountId);
  return { one, many, fits };
}
