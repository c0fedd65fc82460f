import type { CenterApi } from './center-api.js';
import type { DemoChain } from './chain.js';
import type { Contributor } from './people.js';

export interface Overview {
  plots: { registered: number; accepted: number };
  checksLastDay: Record<'proved' | 'empty' | 'late' | 'silent' | 'invalid', number>;
}

interface PayoutItem {
  address: string;
  amount: string;
  state: string;
  tx: string | null;
}

/** The last line of `--once`. `units` are base units of the token, read back from the chain. */
export interface Report {
  ok: boolean;
  seconds: number;
  plots: number;
  checks: Overview['checksLastDay'];
  payouts: { account: string; address: string; units: string; tx: string }[];
  portal: string;
}

/** Payouts of a contributor that are final on chain, oldest first. */
export async function confirmedPayouts(person: Contributor): Promise<PayoutItem[]> {
  const { items } = await person.api.get<{ items: PayoutItem[] }>('/payouts?limit=200');
  return items.filter((item) => item.state === 'confirmed').reverse();
}

/** What the demo came to. It is `ok` when what the chain holds for each is what the center says it paid. */
export async function makeReport(
  people: Contributor[],
  admin: CenterApi,
  chain: DemoChain,
  portal: string,
  seconds: number,
): Promise<Report> {
  const overview = await admin.get<Overview>('/admin/overview');
  let ok = true;
  const payouts: Report['payouts'] = [];
  for (const person of people) {
    const balance = await chain.chain.tokenBalance(chain.token, person.wallet.address, 'finalized');
    const confirmed = await confirmedPayouts(person);
    const paid = confirmed.reduce((sum, item) => sum + BigInt(item.amount), 0n);
    ok &&= balance === paid && paid > 0n;
    const tx = confirmed[0]?.tx ?? '';
    payouts.push({
      account: person.signIn.label,
      address: person.wallet.address,
      units: balance.toString(),
      tx,
    });
  }
  return {
    ok,
    seconds: Math.round(seconds * 10) / 10,
    plots: overview.plots.accepted,
    checks: overview.checksLastDay,
    payouts,
    portal,
  };
}
