import { TokenView } from '../campaigns/dto.js';
import type { ChequeRoundState } from './cheque.entity.js';

/** `bounced`: it was handed in and not paid in full; what is left can be cashed when the chequebook has money again. */
export const chequeStates = ['issued', 'partly_cashed', 'cashed', 'bounced'] as const;
export type ChequeState = (typeof chequeStates)[number];

/** The chequebook as last seen in a final block. */
export class ChequebookView {
  /** Base units, both; the second without what hard deposits bind. */
  balance: string;
  liquidBalance: string;
  /** Whether everything uncashed is covered. */
  covered: boolean;
  /** Whether a cheque of it ever could not be paid in full. */
  bounced: boolean;
  readAt: string;
}

export class LastCashView {
  tx: string;
  /** Null when the chain has no explorer configured. */
  txUrl: string | null;
  blockNumber: number;
  at: string;
}

/** A cheque is in place of all before it: it says what its beneficiary may have taken in all. */
export class ChequeView {
  id: string;
  campaignId: string;
  campaignName: string;
  token: TokenView;
  chainName: string;
  chequebook: string;
  beneficiary: string;
  number: number;
  /** Base units each, of all time: what it says, what was cashed (final on chain), and what is left. */
  cumulativePayout: string;
  cashed: string;
  uncashed: string;
  state: ChequeState;
  signedAt: string;
  lastCash: LastCashView | null;
  /** Null while it was never read. */
  onChain: ChequebookView | null;
}

export class MyChequeView extends ChequeView {
  /** Base units of it that are mine: others may be paid at the same address. */
  mine: string;
}

export class ChequeHoldView {
  reason: 'below_minimum' | 'over_fee_share';
  /** Base units from which on it would be signed. */
  until: string;
}

/** What I earned and is in no cheque yet. */
export class ComingChequeView {
  campaignId: string;
  campaignName: string;
  token: TokenView;
  /** Base units. */
  amount: string;
  /** Null when no epoch has closed since the last cheque. */
  round: 'waiting' | 'approved' | null;
  /** When what is approved can be signed. */
  signableFrom: string | null;
  /** Why it would wait, as I asked for. */
  held: ChequeHoldView | null;
}

export class MyChequesAnswer {
  at: string;
  items: MyChequeView[];
  coming: ComingChequeView[];
}

/** The cheque itself, as in the file. */
export class ChequeFile {
  format: string;
  chainId: number;
  chequebook: string;
  token: string;
  issuer: string;
  beneficiary: string;
  cumulativePayout: string;
  signature: string;
}

export class PublicChequeView extends ChequeView {
  file: ChequeFile;
}

export class ChequesAnswer {
  at: string;
  items: PublicChequeView[];
}

export class ChequeRoundView {
  id: string;
  campaignId: string;
  campaignName: string;
  token: TokenView;
  number: number;
  epochIndex: number;
  dataHash: string;
  treeRoot: string;
  /** Base units due when it was made, to so many accounts. */
  amount: string;
  recipients: number;
  /** Accounts that asked to wait. */
  held: number;
  state: ChequeRoundState;
  createdAt: string;
  signableFrom: string | null;
}

export class ChequeRoundsPage {
  items: ChequeRoundView[];
  next: string | null;
}

/** A campaign's cheques and what covers them. */
export class ChequebookStandingView {
  campaignId: string;
  campaignName: string;
  token: TokenView;
  chainName: string;
  chequebook: string;
  disputeSeconds: number;
  /** Base units: in cheques, cashed of that, and left. */
  inCheques: string;
  cashed: string;
  uncashed: string;
  /** Base units: what is uncashed with what would be signed next; null while the chequebook was never read. */
  wanted: string | null;
  beneficiaries: number;
  /** Fixed and not signed yet. */
  unsigned: number;
  /** The issuer that the chequebook names; null while it was never read. */
  issuer: string | null;
  onChain: ChequebookView | null;
}

export class ChequebooksAnswer {
  at: string;
  items: ChequebookStandingView[];
}
