import type {
  BeeCheckFacts,
  CheckCounts,
  EpochFacts,
  EpochOutcome,
  HeldFacts,
  HeldState,
  HeldTime,
  Pools,
  RewardLine,
} from '#libs/ruleset';
import type { BeeRecord } from './bee-record.js';
import type { Account, Adjustment, Custody, Line, NetworkCheck, Plot, Policy, Pool } from './records.js';
import type { AnswerTally } from './tally.js';

/** What of a bundle the reward lines follow from, beside its answers. */
export interface Given {
  policy: Policy;
  accounts: readonly Account[];
  plots: readonly Plot[];
  custodies: readonly Custody[];
  network: readonly NetworkCheck[];
  bees: readonly BeeRecord[];
  /** Held parts as they were before the epoch. */
  held: readonly Held[];
  /** Pools as they were before the epoch. */
  pools: readonly Pick<Pool, 'kind' | 'subject' | 'before'>[];
}

/** A held part before an epoch, and what the center knows of its plot beside what is in the answers. */
export type Held = Pick<Adjustment, 'plot' | 'account' | 'amount' | 'loss' | 'excusedAt'> & {
  before: HeldTime;
};

/** The epoch's facts as a ruleset takes them. Center and verifiers use this one function. */
export function factsOf(
  given: Given,
  tally: Pick<AnswerTally, 'checks' | 'fresh' | 'proofs' | 'missed'>,
): EpochFacts {
  const { policy, plots, accounts, network } = given;
  const { epoch, rates, caps } = policy;
  const plotOf = new Map(plots.map((plot) => [plot.plot, plot]));
  const passedOn = passedOnOf(given.custodies, plotOf);
  // a campaign pays the making of plots of its kind; a replica is made by the center
  const accepted = plots.filter(
    ({ kind, acceptedAt }) =>
      kind === policy.campaign.plotKind &&
      acceptedAt !== null &&
      acceptedAt >= epoch.startsAt &&
      acceptedAt < epoch.endsAt,
  );
  return {
    epochIndex: epoch.index,
    epochSeconds: policy.campaign.epochSeconds,
    rates: {
      version: rates.version,
      plottingPerPlot: Object.fromEntries(
        Object.entries(rates.plottingPerPlot).map(([k, amount]) => [k, BigInt(amount)]),
      ),
      immediateBps: rates.immediateBps,
      storagePerPlotEquivalentHour: BigInt(rates.storagePerPlotEquivalentHour),
      referralBps: rates.referralBps,
      beePerNeighbourhoodDay: BigInt(rates.beePerNeighbourhoodDay ?? 0),
    },
    caps: {
      perAccount: amountOf(caps.perAccount),
      perCluster: amountOf(caps.perCluster),
      referralPerAccount: amountOf(caps.referralPerAccount),
    },
    available: BigInt(policy.available),
    accounts: Object.fromEntries(
      accounts.map(({ account, cluster, referrer }) => [account, { cluster, referrer }]),
    ),
    accepted: accepted.map(({ plot, kind, k, account, node }) => ({ plotId: plot, kind, k, account, node })),
    custodies: given.custodies.flatMap((custody) => spanOf(custody, plotOf.get(custody.plot), policy)),
    checks: tally.checks as Record<string, CheckCounts>,
    pools: poolsOf(given.pools),
    tries: tally.fresh,
    network: Object.fromEntries(network.map(({ node, weightPpm: _, ...measures }) => [node, measures])),
    endsAtMs: epoch.endsAt,
    // under ruleset-1 nothing follows from a campaign's end
    campaignEndsAtMs: policy.campaign.endsAt ?? Number.POSITIVE_INFINITY,
    beeChecks: given.bees.filter(({ verdict }) => verdict !== 'excused').map(beeFacts),
    beeVouchedMs: policy.bees?.vouchedMs ?? 0,
    retention: policy.campaign,
    held: given.held.map((part) => heldFacts(part, passedOn, policy)),
    proofs: tally.proofs,
    missed: tally.missed,
  };
}

/** The part of a storing custody within the epoch; a plot counts from its acceptance on, at whatever keeper. */
function spanOf(
  { plot, node, account, from, until, storing }: Custody,
  of: Plot | undefined,
  policy: Policy,
) {
  const { startsAt, endsAt } = policy.epoch;
  if (!storing || !of || of.acceptedAt === null || from >= endsAt || (until !== null && until <= startsAt)) {
    return [];
  }
  const fromMs = Math.max(from, of.acceptedAt, startsAt);
  const untilMs = Math.max(fromMs, Math.min(until ?? endsAt, endsAt));
  return [{ plotId: plot, kind: of.kind, k: of.k, account, node, fromMs, untilMs }];
}

const beeFacts = (record: BeeRecord): BeeCheckFacts => {
  const { check, closedAt, account, node, owner, overlay, depth, height, stake, verdict } = record;
  const plur = BigInt(stake?.plur ?? 0);
  const common = { account, node, owner, overlay, depth, height, plur };
  return { id: check, atMs: closedAt, ...common, held: verdict === 'held' };
};

function poolsOf(pools: Given['pools']): Pools {
  const of = (kind: Pool['kind']) =>
    Object.fromEntries(
      pools
        .filter((pool) => pool.kind === kind && pool.before.tries > 0)
        .map(({ subject, before }) => [subject, before]),
    );
  return { nodes: of('node'), plots: of('plot') };
}

/** Custodies of plots at other nodes than their makers', by plot. */
function passedOnOf(
  custodies: readonly Custody[],
  plotOf: ReadonlyMap<string, Plot>,
): Map<string, Custody[]> {
  const passedOn = new Map<string, Custody[]>();
  for (const custody of custodies) {
    if (custody.node === plotOf.get(custody.plot)?.node) continue;
    const known = passedOn.get(custody.plot);
    if (known) known.push(custody);
    else passedOn.set(custody.plot, [custody]);
  }
  return passedOn;
}

function heldFacts(part: Held, passedOn: ReadonlyMap<string, Custody[]>, { epoch }: Policy): HeldFacts {
  const { plot, account, amount, loss, before, excusedAt } = part;
  const spans = (passedOn.get(plot) ?? []).map(({ from, until }) => [from, until ?? epoch.endsAt] as const);
  if (excusedAt !== null) spans.push([excusedAt, epoch.endsAt]);
  const vouched = spans
    .map(([from, until]) => [Math.max(from, epoch.startsAt), Math.min(until, epoch.endsAt)] as const)
    .filter(([from, until]) => from < until);
  return { plotId: plot, account, amount: BigInt(amount), before, vouched, loss };
}

/** What became of each held part, as the bundle has it. */
export function adjustmentRecords(
  given: readonly Held[],
  { held, decided }: Pick<EpochOutcome, 'held' | 'decided'>,
): Adjustment[] {
  const before = new Map(given.map((part) => [part.plot, part]));
  const records = (kind: Adjustment['kind'], parts: readonly HeldState[]) =>
    parts.map(({ plotId, account, amount, keptMs, provedAt, missed }): Adjustment => {
      const known = before.get(plotId);
      return {
        account,
        after: { keptMs, missed, provedAt },
        amount: amount.toString(),
        before: known?.before ?? null,
        excusedAt: known?.excusedAt ?? null,
        kind,
        loss: known?.loss ?? 'none',
        plot: plotId,
      };
    });
  return [
    ...records('hold', held),
    ...records('release', decided.maturing),
    ...records('forfeit', decided.forfeited),
    ...records('settle', decided.settled ?? []),
  ];
}

const amountOf = (text: string | null) => (text === null ? null : BigInt(text));

function withoutGaps(values: object): Record<string, unknown> {
  const kept: Record<string, unknown> = { ...values };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept;
}

/** Reward lines as the bundle has them, in their order, each with what it rests on. */
export function* lineRecords(
  { lines, bees = [] }: Pick<EpochOutcome, 'lines' | 'bees'>,
  facts: EpochFacts,
  tally: Pick<AnswerTally, 'linesOf'>,
): Generator<Line> {
  const known: Evidence = {
    answers: tally.linesOf,
    broughtBy: broughtBy(facts),
    beeChecks: new Map(bees.map(({ node, checks }) => [node, checks])),
  };
  for (const line of lines) {
    const { account, kind, node, plotId, amount, quantity, unit, rate, reason } = line;
    yield {
      account,
      amount: amount.toString(),
      evidence: evidenceOf(line, known),
      kind,
      node,
      plot: plotId,
      quantity,
      rate,
      // a reason may have left something out; JSON has no word for that
      reason: withoutGaps(reason),
      unit,
    };
  }
}

/** What lines may rest on: answers by node, who was brought by account, checks of Bee nodes by node. */
interface Evidence {
  answers: ReadonlyMap<string, [number, number]>;
  broughtBy: ReadonlyMap<string, string[]>;
  beeChecks: ReadonlyMap<string, string[]>;
}

function broughtBy({ accounts }: EpochFacts): Map<string, string[]> {
  const byReferrer = new Map<string, string[]>();
  for (const [account, { referrer }] of Object.entries(accounts)) {
    if (referrer === null) continue;
    const brought = byReferrer.get(referrer);
    if (brought) brought.push(account);
    else byReferrer.set(referrer, [account]);
  }
  return byReferrer;
}

function evidenceOf({ kind, account, node, plotId }: RewardLine, known: Evidence): Line['evidence'] {
  const answers = node ? known.answers.get(node) : undefined;
  switch (kind) {
    case 'plotting':
    case 'plotting-held':
      return { plot: plotId!, ...(answers ? { answers } : {}) };
    case 'plotting-release':
    case 'plotting-forfeit':
      return { adjustment: plotId! };
    case 'storage':
      return answers ? { answers } : {};
    case 'bee-node':
      return { bees: [...known.beeChecks.get(node!)!].sort() };
    case 'referral':
      return { accounts: (known.broughtBy.get(account) ?? []).sort() };
  }
}
