import type { CampaignState } from '../campaigns/campaign.entity.js';
import { TokenView } from '../campaigns/dto.js';

export class OnContractView {
  /** Base units, both, at a final block. */
  tokenBalance: string;
  paid: string;
  readAt: string;
}

export class TreasuryView {
  campaignId: string;
  campaignName: string;
  state: CampaignState;
  token: TokenView;
  chainName: string;
  /** Base units each, by the ledger: all that came in, … */
  everFunded: string;
  /** … not promised to anybody, … */
  free: string;
  /** … promised and not paid, … */
  committed: string;
  /** … of that held back until plots were kept, … */
  held: string;
  /** … and due now, … */
  owed: string;
  /** … paid. */
  paid: string;
  /** Null while the contract was never read. */
  onContract: OnContractView | null;
  /** Promised a day, on average of the last 7 days; null before an epoch was closed. */
  perDay: string | null;
  /** Days that what is free lasts at this pace; null when that is not known or nothing is spent. */
  runwayDays: number | null;
  /** Since when nothing new is handed out for want of money. */
  fundsLowSince: string | null;
  /** Paused because everything is promised; goes on by itself when money came in. */
  pausedForFunds: boolean;
}

export class SenderView {
  chainId: number;
  chainName: string;
  address: string;
  role: 'proposer' | 'approver';
  /** 10^-18 of the chain's coin. */
  balance: string;
  readAt: string;
  /** Payouts it is good for at the present fee; null when not known. */
  payouts: string | null;
}

export class TreasuryAnswer {
  at: string;
  items: TreasuryView[];
  /** Accounts that send transactions, as last read; empty while they never were. */
  senders: SenderView[];
}
