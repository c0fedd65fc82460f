/** Why nothing can be claimed now. Codes are stable. */
export type ClaimErrorCode =
  /** No entry of the bundle's payout tree pays this address. */
  | 'not_in_bundle'
  /** The bundle's tree is not the contract's active root. */
  | 'root_not_active'
  | 'claims_closed'
  /** The campaign's chequebook pays by signed cheques; there is nothing to claim. */
  | 'paid_by_cheques'
  | 'payouts_paused'
  /** Everything that the active root owes was paid. */
  | 'nothing_due'
  /** What was paid to the chunk before could not be found on the chain. */
  | 'paid_unknown'
  /** The wallet or node serves another chain than the campaign's. */
  | 'wrong_chain'
  /** There is no payout contract at this address, or it answers otherwise than one. */
  | 'contract_unreadable';

export class ClaimError extends Error {
  constructor(
    readonly code: ClaimErrorCode,
    /** For people who know what it means: hashes, seconds since 1970, chain ids. */
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(
      `${code} ${Object.entries(details)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`.trim(),
      options,
    );
    this.name = 'ClaimError';
  }
}
