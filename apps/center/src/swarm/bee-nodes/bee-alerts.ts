import type { BeeReport } from '#libs/protocol';
import type { BeeVerdict, StakeGap } from '#libs/swarm';
import type { KnownStake } from './bee-node.entity.js';

/** What an operator has to look at, the worst first. */
export const beeAlertCodes = [
  /** The game froze the stake: no rounds and no evidence until the block that is told. */
  'frozen',
  'stake-missing',
  'overlay-moved',
  /** The client hears nothing of its Bee node, or the center nothing of the client. */
  'bee-unreachable',
  'bee-syncing',
  'overlay-differs',
  'report-stale',
  /** Its view of the chain is behind: it commits in the wrong phase, or not at all. */
  'chain-behind',
  /** A sample takes longer than there is time for it. */
  'sample-slow',
  /** Not enough for the transactions of a round. */
  'gas-low',
  'unhealthy',
  /** The last check found something that no honest node answers. */
  'check-invalid',
  /** The last checks found another reserve than its neighbours have, or no neighbour that can be asked. */
  'no-agreement',
  'stake-too-young',
] as const;
export type BeeAlertCode = (typeof beeAlertCodes)[number];

export interface AlertFacts {
  report: BeeReport | null;
  /** Seconds since it came. */
  reportAge: number | null;
  stake: KnownStake | null;
  stakeGap: StakeGap | null;
  sampleWindowSeconds: number;
  last: { verdict: BeeVerdict; lacks: readonly string[] } | null;
}

const STALE_SECONDS = 600;
const BEHIND_BLOCKS = 20;

export function beeAlerts(facts: AlertFacts): BeeAlertCode[] {
  const { report, reportAge, last, sampleWindowSeconds } = facts;
  const found: Partial<Record<BeeAlertCode, boolean>> = {
    'report-stale': reportAge === null || reportAge > STALE_SECONDS,
    'bee-unreachable': report?.fault === 'bee-unreachable',
    'bee-syncing': report?.fault === 'bee-syncing' || report?.isFullySynced === false,
    'overlay-differs': report?.fault === 'overlay-differs',
    'chain-behind': (report?.blocksBehind ?? 0) > BEHIND_BLOCKS,
    'sample-slow': (report?.sampleSeconds ?? 0) > sampleWindowSeconds,
    'gas-low': isLow(report),
    unhealthy: report?.isHealthy === false,
    'check-invalid': last?.verdict === 'invalid',
    'no-agreement': last?.lacks.includes('no-agreement'),
  };
  if (facts.stakeGap) found[facts.stakeGap] = true;
  return beeAlertCodes.filter((code) => found[code]);
}

function isLow(report: BeeReport | null): boolean {
  const { gasWei = null, minimumGasWei = null } = report ?? {};
  return gasWei !== null && minimumGasWei !== null && BigInt(gasWei) < BigInt(minimumGasWei);
}
