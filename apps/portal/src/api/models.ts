import type { ErrorCode, PlotState, Verdict } from '#libs/protocol';
import type { components } from './schema.js';

/**
 * What travels between portal and center, by the names the pages use; the shapes are the center's own (schema.ts,
 * generated). Amounts are base units in decimal digits, times ISO 8601 UTC.
 */
type Schemas = components['schemas'];

export type { ErrorCode, PlotState, Verdict };

export interface Page<T> {
  items: T[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

export type Me = Schemas['MeAnswer'];
export type Locale = Me['locale'];
export type NodeView = Schemas['NodeView'];
export type Work = Schemas['WorkView'];
export type VerdictCounts = Schemas['VerdictCountsView'];
export type Plot = Schemas['PlotView'];
export type Token = Schemas['TokenView'];
export type Balances = Schemas['BalancesView'];
export type EarningsDay = Schemas['EarningsDay'];
export type HeldPart = Schemas['HeldPartView'];
export type RewardLine = Schemas['RewardLineView'];
export type CheckRow = Schemas['CheckView'];
export type RewardLineDetail = Schemas['RewardLineDetail'];
export type Payout = Schemas['PayoutView'];
export type Treasury = Schemas['TreasuryAnswer'];
export type PayoutWish = Schemas['PayoutWishView'];
export type Rates = Schemas['RatesView'];
export type NewRates = Schemas['NewRatesRequest'];
export type Preview = Schemas['PreviewAnswer'];
export type PreviewRow = Schemas['PreviewRow'];
export type Campaign = Schemas['CampaignView'];
export type CampaignState = Campaign['state'];
export type NewCampaign = Schemas['CampaignRequest'];
export type AdminNode = Schemas['AdminNodeView'];
export type AdminTask = Schemas['TaskView'];
export type Consequence = Schemas['ConsequenceView'];
export type EvidenceCheck = Schemas['EvidenceCheckView'];
export type BeeEarnings = Schemas['BeeEarningsView'];
export type BeeNode = Schemas['BeeNodeView'];
export type DataSet = Schemas['DataSetView'];
export type NewDataSet = Schemas['DataSetRequest'];
export type Replica = Schemas['ReplicaView'];
export type PayoutRoot = Schemas['PayoutRootView'];
export type Cheque = Schemas['MyChequeView'];
export type ComingCheque = Schemas['ComingChequeView'];
export type Chequebook = Schemas['ChequebookStandingView'];
export type ChequeRound = Schemas['ChequeRoundView'];
export type PayoutRootState = PayoutRoot['state'];
