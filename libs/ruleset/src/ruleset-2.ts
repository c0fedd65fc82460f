import { beeLine, beeWork } from './bees.js';
import { clusterOf, cutEach, cutTo, sumOf } from './cuts.js';
import type { CustodySpan, RewardLine as RewardLine1 } from './facts.js';
import type { EpochFacts, EpochOutcome, PricedFacts, RewardLine } from './facts-2.js';
import { beginHeld, decideHeld } from './held.js';
import { price1 } from './ruleset-1.js';
import { settledLines, settleHeld } from './settle.js';
import { poolsAfter, storageWork } from './storage.js';

const BPS = 10_000n;
/** More than any campaign can have. */
const NO_END = 10n ** 80n;

/**
 * ruleset-2: ruleset-1, and
 * - Bee nodes: a rate per Swarm neighbourhood and day, shared by those whose reserve checks vouch for (bees.ts); under
 *   the same caps and the same budget, and it counts for who brought the contributor.
 * - a campaign's end decides what is still held (settle.ts); under ruleset-1 that waits for ever. Nothing that is kept
 *   after it earns anything, though the last epoch may end later.
 */
export function ruleset2(all: EpochFacts): EpochOutcome {
  const facts = { ...all, custodies: all.custodies.flatMap((span) => within(span, all.campaignEndsAtMs)) };
  const pools = poolsAfter(facts);
  const storage = storageWork(facts, pools);
  const bees = beeWork(facts);
  const { held: waiting, ...decided } = decideHeld(facts);
  const { held, settled } = settleHeld(waiting, facts);
  const priced = price2({ ...facts, ...decided, settled, storage, bees });
  const begun = beginHeld(priced.lines as RewardLine1[], facts);
  return {
    ruleset: 'ruleset-2',
    ...priced,
    pools,
    storage,
    bees,
    held: [...held, ...begun],
    decided: { ...decided, settled },
  };
}

/** What of a span lies before a moment. */
function within(span: CustodySpan, endsAtMs: number): CustodySpan[] {
  return span.fromMs < endsAtMs ? [{ ...span, untilMs: Math.min(span.untilMs, endsAtMs) }] : [];
}

/** The lines of measured work: what ruleset2 makes of it, under whatever rates. */
export function price2(facts: PricedFacts): Pick<EpochOutcome, 'lines' | 'accrued' | 'forfeited'> {
  const { caps, accounts, available, rates } = facts;
  // plots and storage by the rules there were, before any limit
  const unlimited = { perAccount: null, perCluster: null, referralPerAccount: null };
  const before = price1({
    ...facts,
    caps: unlimited,
    available: NO_END,
    rates: { ...rates, referralBps: 0 },
  }).lines;
  const isNew = ({ kind }: RewardLine) => kind !== 'plotting-release' && kind !== 'plotting-forfeit';
  const earned = facts.bees.map((work) => beeLine(work, rates.beePerNeighbourhoodDay));
  let fresh = asOf1([...before.filter(isNew), ...earned].sort(byName));
  fresh = cutEach(fresh, caps.perAccount, 'accountCap', (line) => line.account);
  fresh = cutEach(fresh, caps.perCluster, 'clusterCap', clusterOf(accounts));
  fresh = cutTo(fresh, available, 'budgetCut');
  const decided = [...before.filter((line) => !isNew(line)), ...settledLines(facts.settled)];
  const releases = decided.filter(({ kind }) => kind === 'plotting-release');
  const referrals = cutTo(
    referralLines(facts, [...fresh, ...releases]),
    available - sumOf(fresh),
    'budgetCut',
  );
  const forfeited = decided.reduce(
    (sum, { kind, amount }) => (kind === 'plotting-forfeit' ? sum + amount : sum),
    0n,
  );
  const lines = [...fresh, ...referrals, ...decided].filter(isWorthALine).sort(byName);
  return { lines, accrued: sumOf(fresh) + sumOf(referrals), forfeited };
}

/** A line that a limit cut to nothing stays, and says so. */
const isWorthALine = ({ amount, reason }: RewardLine) =>
  amount > 0n || reason.budgetCut || reason.accountCap || reason.clusterCap || reason.referralCap;

/** One line a referrer, over all whom they brought. What is held counts when it is released. */
function referralLines({ accounts, rates, caps }: PricedFacts, lines: readonly RewardLine[]): RewardLine1[] {
  const brought = new Map<string, { amount: bigint; referred: Set<string> }>();
  for (const { kind, account, amount } of lines) {
    const { referrer = null, cluster = null } = accounts[account] ?? {};
    if (kind === 'plotting-held' || amount === 0n || referrer === null || referrer === account) continue;
    if (cluster !== null && cluster === accounts[referrer]?.cluster) continue;
    const { amount: sum, referred } = brought.get(referrer) ?? { amount: 0n, referred: new Set() };
    brought.set(referrer, { amount: sum + amount, referred: referred.add(account) });
  }
  const due = [...brought].map(
    ([account, { amount, referred }]): RewardLine1 => ({
      kind: 'referral',
      account,
      node: null,
      plotId: null,
      amount: (amount * BigInt(rates.referralBps)) / BPS,
      quantity: amount.toString(),
      unit: 'base-units',
      rate: rates.referralBps.toString(),
      reason: { shareBps: rates.referralBps, referred: referred.size },
    }),
  );
  return cutEach(due, caps.referralPerAccount, 'referralCap', (line) => line.account);
}

/** Caps and cuts, written for the lines of ruleset-1, look at whose and how much, and at nothing that is new. */
const asOf1 = (lines: RewardLine[]) => lines as RewardLine1[];

/** Code-unit order of what a line is known by, the same everywhere. */
function byName(a: RewardLine, b: RewardLine): number {
  return (
    byText(a.account, b.account) ||
    byText(a.kind, b.kind) ||
    byText(a.node ?? '', b.node ?? '') ||
    byText(a.plotId ?? '', b.plotId ?? '')
  );
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
