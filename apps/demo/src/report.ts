import { setTimeout as sleep } from 'node:timers/promises';
import type { CenterApi } from './center-api.js';
import type { DemoChain } from './chain.js';
import { checkPayments, type PaidOnChain } from './payment-check.js';
import type { Contributor } from './people.js';
import type { SwarmReport } from './swarm.js';

export interface Overview {
  plots: { registered: number; accepted: number };
  checksLastDay: Record<'proved' | 'empty' | 'late' | 'silent' | 'invalid', number>;
}

/** The last line of `--once`. `units` are base units of the token, read back from the chain. */
export interface Report {
  ok: boolean;
  seconds: number;
  plots: number;
  checks: Overview['checksLastDay'];
  payouts: { account: string; address: string; units: string; tx: string }[];
  portal: string;
  /** With `--swarm`. */
  swarm?: SwarmReport;
}

const SETTLE_MS = 15_000;

/** What the demo came to. It is `ok` when each was paid, once, exactly what the center says they earned. */
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
    const { address } = person.wallet;
    const paid = await settled(person, chain);
    ok &&= paid !== null;
    const units = paid?.balance ?? (await chain.chain.tokenBalance(chain.token, address, 'finalized'));
    payouts.push({
      account: person.signIn.label,
      address,
      units: units.toString(),
      tx: paid?.tx ?? '',
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

/** Center and chain go on while they are read, so a moment's difference is looked at again; a wrong payment stays. */
async function settled(person: Contributor, chain: DemoChain): Promise<PaidOnChain | null> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const paid = await checkPayments(person, chain);
    if (paid || Date.now() > deadline) return paid;
    await sleep(300);
  }
}
