import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import type { Verdict } from '#libs/protocol';
import type { LineKind, NetworkMeasures } from '#libs/ruleset';
import { VerdictCountsView } from '../audits/dto.js';
import { TokenView } from '../campaigns/dto.js';
import { PageQuery } from '../platform/paging.js';

export class DaysQuery {
  @IsUUID()
  campaignId: string;

  /** How many days back, 1 … 366. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(366)
  days: number = 30;
}

export class LinesQuery extends PageQuery {
  @IsUUID()
  campaignId: string;

  /** UTC day, YYYY-MM-DD. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  day?: string;
}

export class BalancesView {
  campaignId: string;
  campaignName: string;
  token: TokenView;
  /** Base units, each. */
  held: string;
  released: string;
  published: string;
  paid: string;
}

export class EarningsSummary {
  campaigns: BalancesView[];
}

/** What a Bee node earned in a campaign, so far. */
export class BeeEarningsView {
  nodeId: string;
  campaignId: string;
  campaignName: string;
  token: TokenView;
  /** Base units. */
  units: string;
  /** For how long its checks vouched for a reserve. */
  vouchedMs: number;
}

export class BeeEarningsAnswer {
  items: BeeEarningsView[];
}

/** A held part whose release is put off, and why. */
export class HeldPartView {
  /** 32 bytes, hex. */
  plotId: string;
  k: number;
  /** Base units. */
  amount: string;
  /**
   * `unproved`: not proved for so long that its time stands still; `doubt`: asked for in vain, and to be asked for again;
   * `lost`: forfeited unless there is an appeal; `appeal`: there is one, which is to be answered.
   */
  reason: 'unproved' | 'doubt' | 'lost' | 'appeal';
  /** When it is forfeited if nobody proves it, asked for again, forfeited, or answered; null: not known. */
  until: string | null;
  /** Up to when it is known to be kept. */
  provedAt: string;
  /** How often it was asked for in vain since then. */
  missed: number;
  /** Milliseconds for which it must still be proved. */
  remainingMs: number;
}

/** The held parts of one account in one campaign, as the last closed epoch left them. */
export class HeldPartsAnswer {
  /** Those whose retention time goes by, and what they come to in base units. */
  running: number;
  runningAmount: string;
  /** When the first of them is due to be released, at the end of its epoch, if it goes on being proved. */
  nextAt: string | null;
  /** All whose release is put off, and what they come to. */
  putOff: number;
  putOffAmount: string;
  /** The first 200 of those, longest unproved first. */
  items: HeldPartView[];
}

export class HeldPartsQuery {
  @IsUUID()
  campaignId: string;
}

export class EarningsDay {
  day: string;
  plotting: string;
  storage: string;
  other: string;
  total: string;
}

export class EarningsDays {
  items: EarningsDay[];
}

export class BudgetCutView {
  due: string;
  available: string;
}

export class PartView {
  ofPlots: number;
  tries: number;
  proofs: number;
  lowBps: number;
  highBps: number;
}

export class NetworkView implements NetworkMeasures {
  pings: number;
  lost: number;
  /** Each: null is unknown. */
  roundTripUs: number | null;
  answerMs: number | null;
  downBytesPerSecond: number | null;
  upBytesPerSecond: number | null;
}

export class LineReasonView {
  plotKind?: string;
  k?: number;
  shareBps?: number;
  plots?: number;
  keptMs?: number;
  checks?: VerdictCountsView;
  availabilityBps?: number;
  /** 800000 … 1000000, and what it follows from. */
  networkWeightPpm?: number;
  network?: NetworkView;
  /** What plots certainly kept in part were paid as, and the measurement. */
  fractionBps?: number;
  fraction?: PartView;
  /** How many were brought. */
  referred?: number;
  accountCap?: BudgetCutView;
  clusterCap?: BudgetCutView;
  referralCap?: BudgetCutView;
  budgetCut?: BudgetCutView;
  /** The plot a plotting line is about, hex. */
  plotId?: string;
  /** The Bee node's place, its stake, and for how long checks vouched for it. */
  bee?: BeeShareView;
  /** At the campaign's end: the part of the retention time that counts. */
  settled?: SettledView;
}

export class BeeShareView {
  /** 32 bytes hex. */
  overlay: string;
  depth: number;
  height: number;
  plur: string;
  vouchedMs: number;
}

export class SettledView {
  keptMs: number;
  ofMs: number;
}

export class RewardLineView {
  id: string;
  at: string;
  epochIndex: number;
  kind: LineKind;
  /** Base units. */
  amount: string;
  quantity: string;
  unit: string;
  rate: string;
  reason: LineReasonView;
}

export class RewardLinesPage {
  items: RewardLineView[];
  next: string | null;
}

export class CheckView {
  roundId: string;
  roundIndex: number;
  plotId: string;
  verdict: Verdict;
  sentAt: string;
  receivedAt: string | null;
  /** From sending the round to taking the answer in. */
  answerMs: number | null;
  subIndex: number | null;
  proof: string | null;
  beacon: string;
}

export class RewardLineDetail extends RewardLineView {
  /** The checks behind it, at most 200. */
  evidence: CheckView[];
}

export class ReferralRequest {
  /** The code of who brought this account. */
  @IsUUID()
  code: string;
}

export class ReferralView {
  /** Others give it to say that this account brought them. */
  code: string;
  /** Whether somebody brought this account. */
  referred: boolean;
  /** How many this account brought. */
  brought: number;
}

export class CampaignFunds {
  /** Base units, each. */
  funded: string;
  committed: string;
  held: string;
  released: string;
  published: string;
  paid: string;
}
