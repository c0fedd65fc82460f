import type { Tries } from './fraction.js';
import type { NetworkMeasures } from './network-weight.js';

/** Counts of an epoch's broadcast checks of one node. */
export interface CheckCounts {
  proved: number;
  empty: number;
  late: number;
  silent: number;
  invalid: number;
}

/** Rates in force for an epoch; amounts in base units. */
export interface Rates {
  version: number;
  /** Base units per accepted plot, by k: a campaign pays for plots of one kind. */
  plottingPerPlot: Readonly<Record<string, bigint>>;
  /** Part of it released at once, 1/10000. */
  immediateBps: number;
  /** Base units per plot-equivalent (one k=32 plot) and hour. */
  storagePerPlotEquivalentHour: bigint;
  /** What a referrer gets of the released, resource-proven reward of whom they brought, 1/10000. */
  referralBps: number;
}

/** Most that may newly accrue in one epoch, base units; null: no limit. */
export interface Caps {
  perAccount: bigint | null;
  /** For accounts that belong together. */
  perCluster: bigint | null;
  /** For what one account gets for referrals. */
  referralPerAccount: bigint | null;
}

/** What there is to know of an account beside its work. */
export interface AccountFacts {
  /** Accounts of one cluster are one person as far as caps and referrals go. */
  cluster: string | null;
  /** Who brought this account here. */
  referrer: string | null;
}

/** A plot accepted in the epoch. */
export interface AcceptedPlot {
  plotId: string;
  /** Its proof format, and its size as a step of it. */
  kind: string;
  k: number;
  account: string;
  node: string;
}

/** A plot kept by a storing node within the epoch; both ends cut to the epoch, milliseconds since 1970. */
export interface CustodySpan {
  plotId: string;
  kind: string;
  k: number;
  account: string;
  node: string;
  fromMs: number;
  untilMs: number;
}

/** A part of a plotting reward that waits for its plot's retention time. */
export interface HeldPart {
  plotId: string;
  account: string;
  amount: bigint;
}

/**
 * For how long the plot was kept, as proofs vouch for it, and until when that is known; milliseconds (since 1970). And
 * how often it was asked for in vain since then.
 */
export interface HeldTime {
  keptMs: number;
  provedAt: number;
  missed: number;
}
export type HeldState = HeldPart & HeldTime;

/** A held part as an epoch finds it. */
export interface HeldFacts extends HeldPart {
  before: HeldTime;
  /** Spans in which its plotter does not answer for the plot: another kept it, or its loss was excused. */
  vouched: readonly (readonly [from: number, until: number])[];
  /** `open`: it is doubted, or lost and the plotter may still appeal; `final`: lost. */
  loss: 'none' | 'open' | 'final';
}

/** What the rule of held parts depends on, beside proofs. */
export interface Retention {
  retentionSeconds: number;
  checksPerPlotPerDay: number;
  roundSeconds: number;
}

/** Pooled tries of broadcast checks, by node and by plot. */
export interface Pools {
  nodes: Readonly<Record<string, Tries>>;
  plots: Readonly<Record<string, Tries>>;
}

/** Everything the reward lines of one epoch follow from. */
export interface EpochFacts {
  epochIndex: number;
  epochSeconds: number;
  rates: Rates;
  caps: Caps;
  /** Base units the campaign can still promise. */
  available: bigint;
  /** An account that is missing has neither cluster nor referrer. */
  accounts: Readonly<Record<string, AccountFacts>>;
  accepted: readonly AcceptedPlot[];
  custodies: readonly CustodySpan[];
  /** By node. A node that is missing was not checked. */
  checks: Readonly<Record<string, CheckCounts>>;
  /** Pools as they were before the epoch, and the epoch's own tries. */
  pools: Pools;
  tries: Pools;
  /** What was measured of connections, by node; of a node that is missing nothing is known. */
  network: Readonly<Record<string, NetworkMeasures>>;
  /** Milliseconds since 1970. */
  endsAtMs: number;
  retention: Retention;
  held: readonly HeldFacts[];
  /** When each plot was proved in the epoch, at whatever node and in whatever round; milliseconds since 1970, ascending. */
  proofs: Readonly<Record<string, readonly number[]>>;
  /** How often each plot was asked for in vain after its last proof of the epoch, or in all of it. */
  missed: Readonly<Record<string, number>>;
}

/** What a node's storage in an epoch came to before any price. */
export interface StorageWork {
  account: string;
  node: string;
  /** Σ plot size × milliseconds kept, and the same × effective fraction in 1/10000. */
  whole: bigint;
  counted: bigint;
  plots: number;
  keptMs: number;
  checks: CheckCounts;
  network: NetworkMeasures;
  /** 800000 … 1000000. */
  networkWeightPpm: number;
  /** Set when plots were certainly kept in part only. */
  fraction: PartKept | null;
}

/** How many plots were certainly kept in part, and the pooled tries that say so. */
export interface PartKept {
  ofPlots: number;
  tries: number;
  proofs: number;
  lowBps: number;
  highBps: number;
}

/** What lines follow from once storage is measured: everything that prices and limits are put to. */
export type PricedFacts = Pick<EpochFacts, 'rates' | 'caps' | 'available' | 'accounts' | 'accepted'> & {
  storage: readonly StorageWork[];
  /** Held parts that are released, and those that are forfeited. */
  maturing: readonly HeldPart[];
  forfeited: readonly HeldPart[];
};

export type LineKind =
  | 'plotting'
  | 'plotting-held'
  | 'plotting-release'
  | 'plotting-forfeit'
  | 'storage'
  | 'referral';

/** One reason why an account got, or lost, something. */
export interface RewardLine {
  kind: LineKind;
  account: string;
  node: string | null;
  plotId: string | null;
  /** Base units, never negative; what a `plotting-forfeit` takes away is positive too. */
  amount: bigint;
  /** How much of what, for people and for redoing the sum. */
  quantity: string;
  unit: 'plot' | 'plot-equivalent-ms' | 'base-units';
  rate: string;
  reason: LineReason;
}

/** Base units as decimal strings. */
export interface CutReason {
  due: string;
  available: string;
}

export interface LineReason {
  /** `plotting`: the plot's kind, k and the part of the rate in 1/10000. */
  plotKind?: string;
  k?: number;
  shareBps?: number;
  /** `storage` */
  plots?: number;
  keptMs?: number;
  checks?: CheckCounts;
  availabilityBps?: number;
  networkWeightPpm?: number;
  /** What the weight follows from; null: unknown. */
  network?: NetworkMeasures;
  /** Set when plots were certainly kept in part only: what all of them together were paid as, and the measurement. */
  fractionBps?: number;
  fraction?: PartKept;
  /** `referral`: who was brought, and how many of them. */
  referred?: number;
  /** Set when a cap cut every new line of the account, or of its cluster, to the same part. */
  accountCap?: CutReason;
  clusterCap?: CutReason;
  referralCap?: CutReason;
  /** Set when the budget was not enough and every new line was cut to the same part. */
  budgetCut?: CutReason;
}

/** What a ruleset makes of an epoch. */
export interface EpochOutcome {
  ruleset: string;
  lines: RewardLine[];
  /** New promises of the epoch: all lines but releases, which were promised before, and forfeits. */
  accrued: bigint;
  /** What went back to what can be promised. */
  forfeited: bigint;
  /** Pools after the epoch. */
  pools: Pools;
  storage: StorageWork[];
  /** Held parts after the epoch, and those that it decided. */
  held: HeldState[];
  decided: { maturing: HeldState[]; forfeited: HeldState[] };
}
