import { setTimeout as sleep } from 'node:timers/promises';
import { formatUnits } from 'ethers';
import type { CenterApi } from './center-api.js';
import { confirmedPayouts } from './payment-check.js';
import type { Contributor } from './people.js';
import type { Overview } from './report.js';
import type { Screen } from './screen.js';
import type { DemoSwarm } from './swarm.js';

/** For people. */
export const token = (units: string | bigint) => `${Number(formatUnits(units, 18)).toFixed(4)} CROFT`;

/** With replicas there is more to do, and three to be paid. */
const WITHIN_SECONDS = { plain: 170, swarm: 210 };

/** Tells what happens until each contributor has a payment that is final, and every replica is proved. */
export async function untilPaid(
  screen: Screen,
  admin: CenterApi,
  people: Contributor[],
  swarm: DemoSwarm | null,
) {
  const told = new Set<string>();
  const tell = (key: string, text: string) => {
    if (told.has(key)) return;
    told.add(key);
    screen.step(text);
  };
  const seconds = swarm ? WITHIN_SECONDS.swarm : WITHIN_SECONDS.plain;
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    // the center may be starting again just now
    const paid = await lookOnce(admin, people, tell).catch(() => 0);
    const isKept = swarm ? await swarm.look(admin, tell).catch(() => false) : true;
    if (paid === people.length && isKept) return;
    await sleep(250);
  }
  throw new Error(`no payout within ${seconds} s`);
}

async function lookOnce(admin: CenterApi, people: Contributor[], tell: (key: string, text: string) => void) {
  const { plots, checksLastDay } = await admin.get<Overview>('/admin/overview');
  const made = plots.registered + plots.accepted;
  for (let i = 1; i <= made; i++) tell(`made ${i}`, `Plot ${i} made (k=18, a real Chia plot)`);
  for (let i = 1; i <= plots.accepted; i++)
    tell(`plot ${i}`, `Plot ${i} proved by four fresh challenges: accepted`);
  const storer = people[1]!;
  const kept = await storer.api.get<{ items: { keptByMe: boolean; kind: string }[] }>('/plots');
  const count = kept.items.filter((plot) => plot.keptByMe && plot.kind !== 'swarm-replica').length;
  for (let i = 1; i <= count; i++)
    tell(`kept ${i}`, `Plot ${i} copied to its keeper and proved there: custody passed`);
  if (count > 0 && checksLastDay.proved > 4 * plots.accepted * 2)
    tell('round', 'Rounds are broadcast; the keeper answers');
  let paid = 0;
  for (const person of people) {
    const { campaigns } = await person.api.get<{
      campaigns: Record<'released' | 'held' | 'published' | 'paid', string>[];
    }>('/earnings/summary');
    const [sums] = campaigns;
    const earned = sums
      ? BigInt(sums.released) + BigInt(sums.published) + BigInt(sums.paid) + BigInt(sums.held)
      : 0n;
    if (earned > 0n)
      tell(`line ${person.signIn.label}`, `${person.signIn.label}: first ledger line, ${token(earned)}`);
    const [first] = await confirmedPayouts(person);
    if (!first) continue;
    paid++;
    tell(
      `paid ${person.signIn.label}`,
      `${person.signIn.label}: paid ${token(first.amount)}, final in ${first.tx}`,
    );
  }
  return paid;
}
