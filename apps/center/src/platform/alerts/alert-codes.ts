/** What alerts there are, and how bad each is. `critical`: contributors lose by it, or money may. */
export const alertSeverities = {
  /** A campaign asks nobody: its last round is too long ago, or one does not close. */
  round_stalled: 'critical',
  /** An epoch that has ended is not closed: nothing is accrued. */
  epoch_stalled: 'critical',
  /** The payout chain cannot be read. Accrual goes on; funding and payouts wait. */
  chain_unreachable: 'warning',
  /** Ledger, bundle, contract and balance do not agree: payouts have stopped. */
  books_differ: 'critical',
  /** A transaction paid from a campaign's contract, and not to whom any root of ours names: payments are booked no further. */
  payment_unreadable: 'critical',
  /** Nodes of the payout chain contradict themselves or each other: nothing they say of payments is believed. */
  chain_contradicts: 'critical',
  /** At the pace of the last days the campaign's money lasts no longer than this. */
  funds_for_14_days: 'warning',
  funds_for_7_days: 'warning',
  funds_for_2_days: 'critical',
  /** Everything funded is promised: the campaign was paused. */
  funds_exhausted: 'critical',
  /** The chequebook does not cover what is uncashed: no cheque is signed. */
  cheques_uncovered: 'critical',
  /** Cheques wait to be signed: the chequebook has another issuer than the key here, no key is set up, or its signer is away. */
  cheques_unsigned: 'critical',
  /** A cheque could not be paid in full; the chequebook says so for ever. */
  cheque_bounced: 'critical',
  /** The account that sends payouts has too little of the chain's coin to pay everybody twice. */
  gas_low: 'warning',
} as const;

export type AlertCode = keyof typeof alertSeverities;
export type AlertSeverity = 'critical' | 'warning';
export const alertCodes = Object.keys(alertSeverities) as AlertCode[];

/** Figures of an alert, for people: amounts as decimal strings, times in ISO form. */
export type AlertDetail = Record<string, string>;
