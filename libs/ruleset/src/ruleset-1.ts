import { clusterOf, cutEach, cutTo, sumOf } from './cuts.js';
import type { EpochFacts, EpochOutcome, HeldPart, LineKind, PricedFacts, RewardLine } from './facts.js';
import { beginHeld, decideHeld } from './held.js';
import { poolsAfter, storageLine, storageWork } from './storage.js';

const BPS = 10_000n;

/**
 * ruleset-1. Integers only, rounded down; no clock, no locale, no order that depends on the machine.
 * - plotting: per accepted plot by k; `immediateBps` of it at once, the rest held until proofs vouch for its retention
 *   time, and forfeited when the plot is lost, or not proved for long, while its plotter keeps it (held.ts).
 * - storage: per node, Σ plot size × time kept × effective fraction, × proved/all checks × network weight. A node that
 *   was not checked in the epoch earns nothing for it.
 * - caps: what newly accrues to an account, then to a cluster of accounts, is cut to the same part each.
 * - budget: when the new lines pass what is available, each is cut to the same part, visibly.
 * - referral: a share of what is released to the account that was brought, from what the budget has left. One level,
 *   never within a cluster, capped.
 */
export function ruleset1(facts: EpochFacts): EpochOutcome {
  const pools = poolsAfter(facts);
  const storage = storageWork(facts, pools);
  const { held, ...decided } = decideHeld(facts);
  const priced = price1({ ...facts, ...decided, storage });
  const waiting = [...held, ...beginHeld(priced.lines, facts)];
  return { ruleset: 'ruleset-1', ...priced, pools, storage, held: waiting, decided };
}

/** The lines of measured work: what ruleset1 makes of it, under whatever rates. */
export function price1(facts: PricedFacts): Pick<EpochOutcome, 'lines' | 'accrued' | 'forfeited'> {
  const { caps, accounts, available, rates } = facts;
  const stored = facts.storage.map((work) => storageLine(work, rates.storagePerPlotEquivalentHour));
  // grouping follows the order of lines, so the order is fixed before anything is grouped
  let fresh = [...plottingLines(facts), ...stored].sort(byName);
  fresh = cutEach(fresh, caps.perAccount, 'accountCap', (line) => line.account);
  fresh = cutEach(fresh, caps.perCluster, 'clusterCap', clusterOf(accounts));
  fresh = cutTo(fresh, available, 'budgetCut');
  const releases = heldLines(facts.maturing, 'plotting-release');
  const referrals = cutTo(
    referralLines(facts, [...fresh, ...releases]),
    available - sumOf(fresh),
    'budgetCut',
  );
  const forfeits = heldLines(facts.forfeited, 'plotting-forfeit');
  // a line that a limit cut to nothing stays, and says so
  const lines = [...fresh, ...referrals, ...releases, ...forfeits].filter(
    ({ amount, reason }) =>
      amount > 0n || reason.budgetCut || reason.accountCap || reason.clusterCap || reason.referralCap,
  );
  lines.sort(byName);
  return { lines, accrued: sumOf(fresh) + sumOf(referrals), forfeited: sumOf(forfeits) };
}

function plottingLines({ accepted, rates }: PricedFacts): RewardLine[] {
  return accepted.flatMap(({ plotId, kind, k, account, node }) => {
    const rate = rates.plottingPerPlot[String(k)] ?? 0n;
    const atOnce = (rate * BigInt(rates.immediateBps)) / BPS;
    const common = { account, node, plotId, quantity: '1', unit: 'plot', rate: rate.toString() } as const;
    return [
      {
        ...common,
        kind: 'plotting',
        amount: atOnce,
        reason: { plotKind: kind, k, shareBps: rates.immediateBps },
      },
      {
        ...common,
        kind: 'plotting-held',
        amount: rate - atOnce,
        reason: { plotKind: kind, k, shareBps: 10_000 - rates.immediateBps },
      },
    ];
  });
}

function heldLines(parts: readonly HeldPart[], kind: LineKind): RewardLine[] {
  return parts.map(({ plotId, account, amount }) => ({
    kind,
    account,
    node: null,
    plotId,
    amount,
    quantity: '1',
    unit: 'plot',
    rate: amount.toString(),
    reason: {},
  }));
}

/** One line a referrer, over all whom they brought. What is held counts when it is released. */
function referralLines({ accounts, rates, caps }: PricedFacts, lines: RewardLine[]): RewardLine[] {
  const base = new Map<string, { amount: bigint; referred: Set<string> }>();
  for (const { kind, account, amount } of lines) {
    const { referrer = null, cluster = null } = accounts[account] ?? {};
    const samePerson =
      referrer === account || (cluster !== null && cluster === accounts[referrer ?? '']?.cluster);
    if (kind === 'plotting-held' || amount === 0n || referrer === null || samePerson) continue;
    const sum = base.get(referrer) ?? { amount: 0n, referred: new Set() };
    sum.amount += amount;
    base.set(referrer, { ...sum, referred: sum.referred.add(account) });
  }
  const due = [...base].map(
    ([account, { amount, referred }]): RewardLine => ({
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

/** Code-unit order, the same everywhere (localeCompare is not). */
function byName(a: RewardLine, b: RewardLine): number {
  return (
    byText(a.account, b.account) ||
    byText(a.kind, b.kind) ||
    byText(a.node ?? '', b.node ?? '') ||
    byText(a.plotId ?? '', b.plotId ?? '')
  );
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
