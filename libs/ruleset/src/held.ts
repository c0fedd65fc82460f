import type { EpochFacts, HeldFacts, HeldState, HeldTime, Retention, RewardLine } from './facts.js';

type HoldingFacts = Pick<EpochFacts, 'held' | 'proofs' | 'missed' | 'retention' | 'endsAtMs'>;

/** A proof vouches for the time since the one before it, as far as this many intervals between checks go. */
const INTERVALS = 6;
/** Not proved for so many times what a proof vouches for, and for no less than the retention time, a plot is gone … */
const ABSENT = 10;
/** … when it was really asked for meanwhile: a center that asks nobody finds nobody absent. */
const ASKED_IN_VAIN = ABSENT * INTERVALS;

/** What is made of the held parts in an epoch. */
export interface HeldOutcome {
  /** Those that wait on. */
  held: HeldState[];
  maturing: HeldState[];
  forfeited: HeldState[];
}

/** The rule's times, milliseconds. */
export function holdingTimes({ retentionSeconds, checksPerPlotPerDay, roundSeconds }: Retention) {
  // a plot cannot be asked more often than there are rounds; integers, rounded up
  const interval = Math.max(Math.ceil(86_400 / Math.max(1, checksPerPlotPerDay)), roundSeconds);
  const longestGapMs = INTERVALS * interval * 1000;
  const retentionMs = retentionSeconds * 1000;
  return { retentionMs, longestGapMs, absentMs: Math.max(retentionMs, ABSENT * longestGapMs) };
}

/**
 * The held parts after an epoch. A part is released when its plot was kept for the retention time, and only time that
 * proofs vouch for counts: each proof vouches for the time since the one before it, but for no more than six intervals
 * between checks. So a plot that nobody proves matures later by as long, and one that comes back does not lose what it
 * had. Time in which another keeps the plot, or in which its loss is excused, counts by itself: the plotter does not
 * answer for it. A part is forfeited when the loss of its plot is final, and when its plot was not proved for ten times
 * as long as a proof vouches for (and no less than the retention time) and asked for in vain sixty times.
 */
export function decideHeld({ held, proofs, missed, retention, endsAtMs }: HoldingFacts): HeldOutcome {
  const times = holdingTimes(retention);
  const outcome: HeldOutcome = { held: [], maturing: [], forfeited: [] };
  for (const { plotId, account, amount, loss, before, vouched } of held) {
    const found = { proofs: proofs[plotId] ?? [], missed: missed[plotId] ?? 0 };
    const time = keptUntil(before, found, vouched, times.longestGapMs);
    const absent = endsAtMs - time.provedAt > times.absentMs && time.missed >= ASKED_IN_VAIN;
    const part = { plotId, account, amount, ...time };
    if (loss === 'final') outcome.forfeited.push(part);
    else if (loss === 'open') outcome.held.push(part);
    else if (time.keptMs >= times.retentionMs) outcome.maturing.push(part);
    else if (absent) outcome.forfeited.push(part);
    else outcome.held.push(part);
  }
  return outcome;
}

/** The parts that an epoch's lines hold back. Each waits for an epoch at least. */
export function beginHeld(
  lines: readonly RewardLine[],
  { proofs, missed, retention, endsAtMs }: HoldingFacts,
): HeldState[] {
  const { longestGapMs } = holdingTimes(retention);
  return lines.flatMap(({ kind, plotId, account, amount }) => {
    if (kind !== 'plotting-held' || amount === 0n || plotId === null) return [];
    // proofs accepted it; where those were an epoch earlier, its time begins with this one's end
    const [first = endsAtMs, ...more] = proofs[plotId] ?? [];
    const found = { proofs: more, missed: missed[plotId] ?? 0 };
    const begun = { keptMs: 0, provedAt: first, missed: 0 };
    return [{ plotId, account, amount, ...keptUntil(begun, found, [], longestGapMs) }];
  });
}

/** @param found moments of proofs, ascending, and how often it was asked for in vain after them */
function keptUntil(
  before: HeldTime,
  found: { proofs: readonly number[]; missed: number },
  vouched: HeldFacts['vouched'],
  longestGapMs: number,
): HeldTime {
  let { keptMs, provedAt } = before;
  for (const at of [...found.proofs, ...vouched.flat()].sort((a, b) => a - b)) {
    if (at <= provedAt) continue;
    const since = provedAt;
    const free = vouched.some(([from, until]) => from <= since && at <= until);
    keptMs += free ? at - since : Math.min(at - since, longestGapMs);
    provedAt = at;
  }
  const missed = provedAt > before.provedAt ? found.missed : before.missed + found.missed;
  return { keptMs, provedAt, missed: vouched.length > 0 ? 0 : missed };
}
