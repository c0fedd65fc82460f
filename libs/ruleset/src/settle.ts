import type { HeldState } from './facts.js';
import type { EpochFacts, RewardLine, SettledPart, SettledState } from './facts-2.js';
import { holdingTimes } from './held.js';

type SettlingFacts = Pick<EpochFacts, 'held' | 'retention' | 'endsAtMs' | 'campaignEndsAtMs'>;

/**
 * The held parts that the campaign's end decides, and those that wait on: nobody is asked for a plot any more, so what is
 * still held is released in proportion to the retention time that proofs vouch for, and the rest goes back. The time
 * since the last proof counts too, up to one interval between checks, when the plot was not asked for in vain since. A
 * part whose plot is lost, while its plotter may still appeal, waits for that.
 */
export function settleHeld(
  waiting: readonly HeldState[],
  { held, retention, endsAtMs, campaignEndsAtMs }: SettlingFacts,
): { held: HeldState[]; settled: SettledState[] } {
  if (endsAtMs < campaignEndsAtMs) return { held: [...waiting], settled: [] };
  const { retentionMs, intervalMs } = { ...holdingTimes(retention), intervalMs: intervalOf(retention) };
  const lossOf = new Map(held.map(({ plotId, loss }) => [plotId, loss]));
  const open = waiting.filter(({ plotId }) => lossOf.get(plotId) === 'open');
  const settled = waiting
    .filter(({ plotId }) => lossOf.get(plotId) !== 'open')
    .map((part): SettledState => {
      const { plotId, account, amount, provedAt, missed } = part;
      const since = missed > 0 ? 0 : Math.max(0, Math.min(campaignEndsAtMs - provedAt, intervalMs));
      const keptMs = Math.min(part.keptMs + since, retentionMs);
      return { plotId, account, amount, keptMs, ofMs: retentionMs, provedAt, missed };
    });
  return { held: open, settled };
}

/** What is released of each part, and what goes back; a line that would be of nothing is left out. */
export function settledLines(settled: readonly SettledPart[]): RewardLine[] {
  return settled.flatMap(({ plotId, account, amount, keptMs, ofMs }) => {
    // without a retention time nothing waits for one
    const released = ofMs === 0 ? amount : (amount * BigInt(keptMs)) / BigInt(ofMs);
    const line = (kind: RewardLine['kind'], part: bigint): RewardLine => ({
      kind,
      account,
      node: null,
      plotId,
      amount: part,
      quantity: '1',
      unit: 'plot',
      rate: amount.toString(),
      reason: { settled: { keptMs, ofMs } },
    });
    return [line('plotting-release', released), line('plotting-forfeit', amount - released)];
  });
}

/** Milliseconds between two checks of a plot, on average; a plot is asked for no more often than there are rounds. */
function intervalOf({ checksPerPlotPerDay, roundSeconds }: EpochFacts['retention']): number {
  return Math.max(Math.ceil(86_400 / Math.max(1, checksPerPlotPerDay)), roundSeconds) * 1000;
}
