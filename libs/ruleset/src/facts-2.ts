import type {
  EpochFacts as EpochFacts1,
  EpochOutcome as EpochOutcome1,
  HeldPart,
  LineKind as LineKind1,
  LineReason as LineReason1,
  PricedFacts as PricedFacts1,
  Rates as Rates1,
  RewardLine as RewardLine1,
} from './facts.js';

/** Rates of ruleset-2; amounts in base units. */
export interface Rates extends Rates1 {
  /** What all Bee nodes of one Swarm neighbourhood get together in a day. */
  beePerNeighbourhoodDay: bigint;
}

/** How a check of a Bee node ended; only `held` is evidence (libs/swarm, bee-judgement.ts). */
export interface BeeCheckFacts {
  /** Of the check, to put those of one moment in an order. */
  id: string;
  /** When it was judged, milliseconds since 1970. */
  atMs: number;
  account: string;
  node: string;
  /** Whose stake stands behind the node: 0x and hex. A stake is of one overlay at a time. */
  owner: string;
  /** 32 bytes hex. */
  overlay: string;
  /** Bits that a neighbourhood of the network has in common, and by how many the reserve is doubled. */
  depth: number;
  height: number;
  plur: bigint;
  held: boolean;
}

/** Everything the reward lines of one epoch follow from. */
export interface EpochFacts extends EpochFacts1 {
  rates: Rates;
  /** When the campaign ends, or ended; milliseconds since 1970. */
  campaignEndsAtMs: number;
  /** Every check that was judged in the epoch, or not longer than `beeVouchedMs` before it; those that were called off left out. */
  beeChecks: readonly BeeCheckFacts[];
  /** For how long a check counts. */
  beeVouchedMs: number;
}

/** What a Bee node's share of its neighbourhoods came to before any price. */
export interface BeeWork {
  account: string;
  node: string;
  overlay: string;
  depth: number;
  height: number;
  plur: bigint;
  /** Neighbourhoods × milliseconds × the share of what is staked there; rounded down. */
  sharedMs: bigint;
  /** Milliseconds for which checks vouch. */
  vouchedMs: number;
  /** The checks that do. */
  checks: string[];
}

/** A held part that the campaign's end decides: so much of the retention time is vouched for. */
export interface SettledPart extends HeldPart {
  keptMs: number;
  ofMs: number;
}

export type PricedFacts = PricedFacts1 & {
  rates: Rates;
  bees: readonly BeeWork[];
  settled: readonly SettledPart[];
};

export type LineKind = LineKind1 | 'bee-node';

export interface LineReason extends LineReason1 {
  /** `bee-node` */
  bee?: { overlay: string; depth: number; height: number; plur: string; vouchedMs: number };
  /** `plotting-release` and `plotting-forfeit` at the campaign's end: the part of the retention time that counts. */
  settled?: { keptMs: number; ofMs: number };
}

export interface RewardLine extends Omit<RewardLine1, 'kind' | 'unit' | 'reason'> {
  kind: LineKind;
  unit: RewardLine1['unit'] | 'neighbourhood-ms';
  reason: LineReason;
}

export interface EpochOutcome extends Omit<EpochOutcome1, 'lines' | 'decided'> {
  lines: RewardLine[];
  decided: EpochOutcome1['decided'] & { settled?: SettledState[] };
  bees?: BeeWork[];
}

/** A settled part as the epoch left it. */
export type SettledState = SettledPart & { provedAt: number; missed: number };
