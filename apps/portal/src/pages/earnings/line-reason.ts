import type { RewardLine, Token } from '../../api/models.js';
import { exactAmount, shortAmount } from '../../format/money.js';
import { formatBps, formatNumber, formatWeight } from '../../format/quantities.js';
import { duration } from '../../format/time.js';
import type { Texts } from '../../i18n/en.js';

const HOUR_MS = 3_600_000n;
const BZZ_DECIMALS = 16;

/** A plot-equivalent-ms quantity as hours with six places, cut; small ones, as of a demo's plots, in exact seconds. */
export function plotEquivalentTime(quantity: string, t: Texts, tag: string): string {
  const ms = BigInt(quantity);
  if (ms < HOUR_MS / 100n) return t.earnings.quantitySeconds(exactAmount(ms, 3, tag));
  return t.earnings.quantityHours(exactAmount((ms * 1_000_000n) / HOUR_MS, 6, tag));
}

/** A neighbourhood-ms quantity in hours with six places, cut. */
export function neighbourhoodTime(quantity: string, t: Texts, tag: string): string {
  return t.earnings.quantityNeighbourhood(exactAmount((BigInt(quantity) * 1_000_000n) / HOUR_MS, 6, tag));
}

/** Why this line is there, in one sentence; a part that the center did not tell is "unknown", never 0. */
export function lineReason(line: Pick<RewardLine, 'kind' | 'reason'>, t: Texts, tag: string): string {
  const { reason } = line;
  const known = <T>(value: T | undefined, show: (value: T) => string) =>
    value === undefined ? t.common.unknown : show(value);
  const k = known(reason.k, String);
  const share = known(reason.shareBps, (bps) => formatBps(bps, tag));
  switch (line.kind) {
    case 'plotting':
      return t.earnings.plottingReason(k, share);
    case 'plotting-held':
      return t.earnings.heldReason(k, share);
    case 'plotting-release':
      return reason.settled ? settledReason(reason.settled, t, tag) : t.earnings.releaseReason;
    case 'plotting-forfeit':
      return reason.settled ? settledReason(reason.settled, t, tag) : t.earnings.forfeitReason;
    case 'bee-node':
      return t.earnings.beeReason(
        known(reason.bee, ({ depth }) => formatNumber(depth, tag)),
        known(reason.bee, ({ vouchedMs }) => duration(vouchedMs, tag)),
        known(reason.bee, ({ plur }) => exactAmount(plur, BZZ_DECIMALS, tag)),
      );
    case 'referral':
      return t.earnings.referralReason(
        known(reason.referred, (count) => formatNumber(count, tag)),
        share,
      );
    case 'storage': {
      const { plots, keptMs, checks } = reason;
      const all = checks && Object.values(checks).reduce((sum, count) => sum + count, 0);
      return t.earnings.storageReason(
        plots ?? 0,
        // kept time is summed over the plots; a person thinks of how long each was kept
        plots ? known(keptMs, (ms) => duration(ms / plots, tag)) : t.common.unknown,
        known(checks, ({ proved }) => formatNumber(proved, tag)),
        known(all, (count) => formatNumber(count, tag)),
        known(reason.networkWeightPpm, (ppm) => formatWeight(ppm, tag)),
      );
    }
  }
}

function settledReason({ keptMs, ofMs }: { keptMs: number; ofMs: number }, t: Texts, tag: string): string {
  return t.earnings.settledReason(duration(keptMs, tag), duration(ofMs, tag));
}

/** Why a line is less than its quantity times its rate: kept in part, a cap, a budget too small for everybody. */
export function cutsOf(line: Pick<RewardLine, 'reason'>, token: Token, t: Texts, tag: string): string[] {
  const { fractionBps, fraction, accountCap, clusterCap, referralCap, budgetCut } = line.reason;
  const amount = (units: string) => `${shortAmount(units, token.decimals, tag)} ${token.symbol}`;
  const part =
    fraction && fractionBps !== undefined
      ? [t.earnings.partReason(formatBps(fractionBps, tag), formatNumber(fraction.tries, tag))]
      : [];
  const caps = [accountCap, clusterCap, referralCap].flatMap((cap) =>
    cap ? [t.earnings.capReason(amount(cap.due), amount(cap.available))] : [],
  );
  const budget = budgetCut ? [t.earnings.budgetCut(amount(budgetCut.due), amount(budgetCut.available))] : [];
  return [...part, ...caps, ...budget];
}
