/**
 * Every refusal Croft gives has a stable code that programs may rely on and a short English text for people.
 * The portal and the client translate by code; texts may change, codes never do.
 */
export const errorCodes = {
  bad_request: 'The request does not have the form this call takes.',
  unauthenticated: 'Sign in first.',
  forbidden: 'Your account may not do this.',
  not_found: 'There is no such thing, or it is not yours.',
  conflict: 'This does not fit the present state.',
  rate_limited: 'Too many requests; wait a little.',
  internal: 'The center failed; nothing was changed.',
  message_too_large: 'The message is over its size limit.',
  // accounts
  email_taken: 'This e-mail address already has an account.',
  bad_credentials: 'E-mail or password is wrong.',
  bad_wallet_message: 'The wallet message is not one this center asked for.',
  wallet_signature_invalid: 'The signature was not made by this wallet.',
  nonce_unknown: 'The nonce is unknown, expired or was used already.',
  wallet_taken: 'This wallet belongs to another account.',
  // payout address
  payout_address_invalid: 'This is not an EVM address, or its checksum is wrong.',
  payout_address_zero: 'The zero address cannot be paid.',
  payout_address_is_token: 'The token contract cannot be a payout address.',
  payout_address_is_contract: 'The payout contract cannot be a payout address.',
  // pairing
  pairing_code_unknown: 'This code is unknown.',
  pairing_code_expired: 'This code has expired; make a new one in the portal.',
  pairing_code_used: 'This code was used already; make a new one in the portal.',
  node_key_taken: 'This node key is already paired.',
  node_unknown: 'This node is not paired here.',
  node_revoked: 'This node was revoked.',
  bad_signature: 'The signature does not fit the key and the content.',
  // tasks
  lease_unknown: 'This lease does not exist or is not yours.',
  lease_expired: 'The lease has expired; the work was given to someone else.',
  lease_ended: 'The lease has ended.',
  no_campaign: 'No campaign is running.',
  // plots
  plot_already_registered: 'A plot with this id (first 31 bytes) and size is already registered.',
  plot_keys_differ: 'The plot was not made with the keys of its lease.',
  plot_kind_unknown: 'This kind of plot is not known here.',
  plot_kind_differs: 'The plot is of another kind than its lease asked for.',
  plot_size_differs: 'k is not the size the lease asked for, or the file is not that large.',
  plot_unknown: 'This plot is not known here.',
  memo_invalid: 'The memo is not one of a Chia plot.',
  // rounds
  round_unknown: 'This round is unknown.',
  round_closed: 'This round has closed.',
  not_due: 'This plot has no check in this round.',
  not_in_custody: 'This plot is not in your custody.',
  answer_repeated: 'This check was answered already.',
  // network checks
  probe_unknown: 'This network check is unknown, or over for long.',
  probe_late: 'The answer to this network check came too late; it counts as none.',
  probe_repeated: 'This network check was answered already.',
  probe_answer_wrong: 'This is not the answer to this network check.',
  // transfers
  transfer_unknown: 'This transfer is unknown or has ended.',
  piece_out_of_range: 'There is no such piece.',
  source_offline: 'The keeper of the plot is offline; try again later.',
  piece_hash_mismatch: 'The piece does not have the hash that was promised.',
  content_differs: 'The copied file is not the registered plot.',
  // campaigns and payouts
  campaign_not_open: 'The campaign is not open for this.',
  rate_in_the_past: 'Rates change forward only.',
  preview_too_large: 'There is too much to replay.',
  payout_not_pending: 'This payout waits for no approval.',
  chain_unreachable: 'The chain could not be read.',
  // the link to Swarm
  content_too_large: 'The content is larger than this center takes.',
  bee_not_configured: 'This needs a Bee node, and none is set up here.',
  bee_unreachable: 'The Bee node is not there, or still syncing; try again later.',
  bee_refused: 'The Bee node refused.',
  bee_answer_invalid: 'This is not an answer that a Bee node gives.',
  bee_chain_not_configured: 'Bee nodes are not linked here: no chain of their stakes is set up.',
  bee_signature_invalid: 'The link was not signed by the owner of the stake, for this node.',
  bee_not_staked: 'This address has no stake in the StakeRegistry.',
  bee_overlay_differs: 'The overlay is not the one that the StakeRegistry has for this address.',
  bee_taken: 'This Bee node is linked with another node, by a later signature.',
  bee_link_ended: 'This link was ended; it begins again with a new signature of the Bee node’s key.',
  bee_check_closed: 'This check of a Bee node is over, or was answered already.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** The shape of a refusal on every wire: HTTP bodies and socket acknowledgements. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
}

/** A refusal with a stable code. Throwing one means: nothing was changed. */
export class CroftError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details?: Record<string, unknown>,
    options?: { cause?: unknown },
  ) {
    super(errorCodes[code], options);
    this.name = 'CroftError';
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.details ? { details: this.details } : {}) };
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
