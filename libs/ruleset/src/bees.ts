import type { BeeCheckFacts, BeeWork, EpochFacts, RewardLine } from './facts-2.js';

const DAY_MS = 86_400_000n;
/** Nobody's reserve is doubled more often than this for any rule; Bee allows one. */
const MOST_DOUBLINGS = 8;

type BeeFacts = Pick<
  EpochFacts,
  'beeChecks' | 'beeVouchedMs' | 'epochSeconds' | 'endsAtMs' | 'campaignEndsAtMs'
>;

/** A time within the epoch in which a check vouches for a node. */
interface Span {
  check: BeeCheckFacts;
  from: number;
  until: number;
}

/**
 * What every Bee node's share comes to. A check that found a reserve counts from then on, until the next check of the
 * same stake, or until `beeVouchedMs` have passed; one that found none counts for nothing. At every moment all who are
 * vouched for in a neighbourhood share it by what they staked, spread over the neighbourhoods of a doubled reserve. So a
 * neighbourhood costs the same however many nodes, people or names are in it, and a stake that is split gets no more.
 */
export function beeWork(facts: BeeFacts): BeeWork[] {
  const spans = spansOf(facts);
  const depth = newest(facts.beeChecks)?.depth ?? 0;
  const shares = new Map<Span, bigint>();
  for (const group of neighbourhoods(spans, depth)) share(group, depth, shares);
  const works = new Map<string, BeeWork>();
  for (const span of spans) {
    const { account, node, overlay, plur, id } = span.check;
    const work = works.get(node);
    const height = doublings(span.check, depth);
    works.set(node, {
      // the newest check's words, since spans are in order
      ...{ account, node, overlay, depth, height, plur },
      sharedMs: (work?.sharedMs ?? 0n) + (shares.get(span) ?? 0n),
      vouchedMs: (work?.vouchedMs ?? 0) + span.until - span.from,
      checks: [...(work?.checks ?? []), id],
    });
  }
  return [...works.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
}

/** One line a node: shared neighbourhoods × time × rate. */
export function beeLine(work: BeeWork, rate: bigint): RewardLine {
  const { account, node, overlay, depth, height, plur, sharedMs, vouchedMs } = work;
  return {
    kind: 'bee-node',
    account,
    node,
    plotId: null,
    amount: (sharedMs * rate) / DAY_MS,
    quantity: sharedMs.toString(),
    unit: 'neighbourhood-ms',
    rate: rate.toString(),
    reason: { bee: { overlay, depth, height, plur: plur.toString(), vouchedMs } },
  };
}

/** In the order of their checks. */
function spansOf({ beeChecks, beeVouchedMs, epochSeconds, endsAtMs, campaignEndsAtMs }: BeeFacts): Span[] {
  const startsAtMs = endsAtMs - epochSeconds * 1000;
  const lastMs = Math.min(endsAtMs, campaignEndsAtMs);
  const sorted = [...beeChecks].sort(inTime);
  const nextOf = new Map<BeeCheckFacts, number>();
  const lastOf = new Map<string, BeeCheckFacts>();
  for (const check of sorted) {
    const before = lastOf.get(check.owner);
    if (before) nextOf.set(before, check.atMs);
    lastOf.set(check.owner, check);
  }
  return sorted.flatMap((check) => {
    const from = Math.max(check.atMs, startsAtMs);
    const until = Math.min(check.atMs + beeVouchedMs, nextOf.get(check) ?? lastMs, lastMs);
    return check.held && from < until ? [{ check, from, until }] : [];
  });
}

/** The spans of each neighbourhood of the network; those of a doubled reserve are in several. */
function neighbourhoods(spans: readonly Span[], depth: number): Iterable<Span[]> {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const height = doublings(span.check, depth);
    const common = bitsOf(span.check.overlay, depth - height);
    for (let i = 0; i < 1 << height; i++) {
      const name = common + (height === 0 ? '' : i.toString(2).padStart(height, '0'));
      const group = groups.get(name);
      if (group) group.push(span);
      else groups.set(name, [span]);
    }
  }
  return groups.values();
}

/** Adds what each span gets of one neighbourhood. */
function share(group: readonly Span[], depth: number, shares: Map<Span, bigint>): void {
  const moments = [...new Set(group.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  for (const [i, from] of moments.entries()) {
    const until = moments[i + 1] ?? from;
    const there = group.filter((span) => span.from <= from && until <= span.until);
    const staked = there.map(({ check }) => check.plur >> BigInt(doublings(check, depth)));
    const all = staked.reduce((sum, plur) => sum + plur, 0n);
    if (all === 0n) continue;
    for (const [j, span] of there.entries()) {
      const part = (BigInt(until - from) * staked[j]!) / all;
      shares.set(span, (shares.get(span) ?? 0n) + part);
    }
  }
}

const doublings = ({ height }: BeeCheckFacts, depth: number) => Math.min(height, depth, MOST_DOUBLINGS);

const bitsOf = (hex: string, count: number) =>
  [...hex.slice(0, Math.ceil(count / 4))]
    .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
    .join('')
    .slice(0, count);

const newest = (checks: readonly BeeCheckFacts[]) => [...checks].sort(inTime).at(-1);

const inTime = (a: BeeCheckFacts, b: BeeCheckFacts) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1);
