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
  /** Base units per accepted plot, by k. */
  plottingPerPlot: Readonly<Record<string, bigint>>;
  /** Part of it released at once, 1/10000. */
  immediateBps: number;
  /** Base units per plot-equivalent (one k=32 plot) and hour. */
  storagePerPlotEquivalentHour: bigint;
}

/** A plot accepted in the epoch. */
export interface AcceptedPlot {
  plotId: string;
  k: number;
  account: string;
  node: string;
}

/** A plot kept by a storing node within the epoch; both ends cut to the epoch, milliseconds since 1970. */
export interface CustodySpan {
  plotId: string;
  k: number;
  account: string;
  node: string;
  fromMs: number;
  untilMs: number;
}

/** A held part whose retention time ended within the epoch. */
export interface Maturing {
  plotId: string;
  account: string;
  amount: bigint;
}

/** Everything the reward lines of one epoch follow from. */
export interface EpochFacts {
  epochIndex: number;
  rates: Rates;
  /** Base units the campaign can still promise. */
  available: bigint;
  accepted: readonly AcceptedPlot[];
  custodies: readonly CustodySpan[];
  /** By node. A node that is missing was not checked. */
  checks: Readonly<Record<string, CheckCounts>>;
  /** Network weight by node, 8000 … 10000 of 10000; a node that is missing has 10000. */
  networkWeightBps: Readonly<Record<string, number>>;
  maturing: readonly Maturing[];
}

export type LineKind = 'plotting' | 'plotting-held' | 'plotting-release' | 'storage';

/** One reason why an account got something. */
export interface RewardLine {
  kind: LineKind;
  account: string;
  node: string | null;
  plotId: string | null;
  /** Base units. */
  amount: bigint;
  /** How much of what, for people and for redoing the sum. */
  quantity: string;
  unit: 'plot' | 'plot-equivalent-ms';
  rate: string;
  reason: LineReason;
}

export interface LineReason {
  /** `plotting`: k and the part of the rate in 1/10000. */
  k?: number;
  shareBps?: number;
  /** `storage` */
  plots?: number;
  keptMs?: number;
  checks?: CheckCounts;
  availabilityBps?: number;
  networkWeightBps?: number;
  /** Set when the budget was not enough and every new line was cut to the same part. */
  budgetCut?: { due: string; available: string };
}

/** What a ruleset makes of an epoch. */
export interface EpochOutcome {
  ruleset: string;
  lines: RewardLine[];
  /** New promises of the epoch: all lines but releases, which were promised before. */
  accrued: bigint;
}
