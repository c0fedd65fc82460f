import type { BeeFault } from '#libs/protocol';
import type { BeeGap, BeeReason, BeeVerdict } from '#libs/swarm';
import type { BeeAlertCode } from './bee-alerts.js';

/** What the Bee node says of itself. Null: not known. Amounts are base units as digits. */
export class BeeReportView {
  at: string;
  /** Why it could not be read. */
  fault: BeeFault | null;
  /** Blocks that its view of the chain is behind. */
  blocksBehind: number | null;
  isWarmingUp: boolean | null;
  isReachable: boolean | null;
  isFullySynced: boolean | null;
  isHealthy: boolean | null;
  storageRadius: number | null;
  /** Chunks of 4096 bytes, the whole reserve and what is within its radius. */
  reserveBytes: number | null;
  reserveWithinRadiusBytes: number | null;
  /** How long its last sample for the game took. */
  sampleSeconds: number | null;
  /** wei */
  gasWei: string | null;
  /** What one round's transactions need. */
  minimumGasWei: string | null;
  bzzPlur: string | null;
  /** Of the game, in all: won, and spent on transactions. */
  rewardPlur: string | null;
  feesWei: string | null;
}

/** The stake as the chain has it. */
export class BeeStakeView {
  /** PLUR, 16 decimals. */
  plur: string;
  /** Bits by which the reserve is doubled. */
  height: number;
  sinceBlock: number;
  frozenUntilBlock: number | null;
  /** As of this block, read then. */
  block: number;
  at: string;
}

export class BeeRoundsView {
  count: number;
  lastRound: number | null;
}

/** From the game's events since the node was linked. */
export class BeeGameView {
  readAt: string | null;
  selected: BeeRoundsView;
  played: BeeRoundsView;
  won: BeeRoundsView;
  frozen: BeeRoundsView;
}

export class BeeCheckView {
  id: string;
  startedAt: string;
  decidedAt: string | null;
  /** Null: under way. */
  verdict: BeeVerdict | null;
  reason: BeeReason | null;
  /** What is missing before it counts as evidence. */
  lacks: BeeGap[];
  /** How long its first sample took. */
  sampleSeconds: number | null;
}

/** Checks of the last 30 days by verdict. */
export class BeeCheckCounts {
  held: number;
  insufficient: number;
  invalid: number;
  unready: number;
  late: number;
  excused: number;
}

/** What its samples vouch for together. */
export class BeeEstimateView {
  /** Digits. */
  chunks: string;
  bytes: string;
  /** One standard deviation, of the whole. */
  relativeError: number;
  samples: number;
  /** More was found than the declared reserve holds. */
  isCapped: boolean;
}

/** What the game brought since the node was linked: the difference of what Bee says it ever won and spent. */
export class BeeGainsView {
  rewardPlur: string;
  feesWei: string;
  /** Rounds it played meanwhile, from the chain. */
  rounds: number;
}

export class BeeNodeView {
  nodeId: string;
  name: string;
  /** Whether the client beside it is connected. */
  online: boolean;
  overlay: string;
  owner: string;
  linkedAt: string;
  report: BeeReportView | null;
  stake: BeeStakeView | null;
  game: BeeGameView;
  /** Null: not known. */
  gains: BeeGainsView | null;
  /** A round of the game. */
  roundSeconds: number;
  /** In which a sample for the game must be done. */
  sampleWindowSeconds: number;
  estimate: BeeEstimateView | null;
  checks: BeeCheckCounts;
  lastCheck: BeeCheckView | null;
  alerts: BeeAlertCode[];
}

export class BeeNodesAnswer {
  /** False: this center links no Bee nodes. */
  isOffered: boolean;
  items: BeeNodeView[];
}

export class BeeChecksAnswer {
  /** The newest first. */
  items: BeeCheckView[];
}
