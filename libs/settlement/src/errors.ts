/** Codes of everything the settlement library refuses. Programs may rely on them; texts may change. */
export type SettlementErrorCode =
  | 'address_invalid'
  | 'payee_zero'
  | 'payee_is_token'
  | 'payee_is_contract'
  | 'payee_forbidden'
  | 'index_invalid'
  | 'duplicate_index'
  | 'units_negative'
  | 'units_overflow'
  | 'no_entries'
  | 'index_unknown'
  | 'chunk_unknown'
  | 'group_invalid'
  | 'vector_invalid'
  | 'paid_not_applied'
  | 'nothing_due'
  | 'not_a_push'
  | 'addresses_needed'
  | 'transaction_reverted'
  | 'receipt_mismatch'
  | 'fee_bump_too_small'
  | 'fee_ceiling'
  | 'keystore_invalid'
  | 'keystore_password'
  | 'signer_unreachable'
  | 'signer_refused'
  | 'signer_mismatch'
  | 'signer_absent'
  | 'deployment_failed';

/** A refusal that names what was wrong. Throwing one means: nothing was changed. */
export class SettlementError extends Error {
  constructor(
    readonly code: SettlementErrorCode,
    message: string,
    readonly details: Record<string, string | number> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'SettlementError';
  }
}

/** What a node can answer instead of a result. */
export type ChainErrorCode =
  /** No answer in time, or none at all: nothing is known about what happened. */
  | 'chain_unreachable'
  /** The node answered for another chain than the configured one. */
  | 'wrong_chain'
  /** A transaction with this nonce is in a block already. */
  | 'nonce_used'
  /** The node holds this very transaction already. */
  | 'already_known'
  /** Another transaction with this nonce waits, and the fee is too little above its fee. */
  | 'replacement_underpriced'
  /** Under the base fee or the node's own minimum. */
  | 'fee_too_low'
  | 'insufficient_funds'
  /** The call reverts; `revert` says why where it can be decoded. */
  | 'would_revert'
  /** The block asked for does not exist (yet), or was dropped. */
  | 'block_unknown'
  /** Answers of the node, or of several nodes, contradict one another: none of them is believed. */
  | 'answers_differ'
  /** Any other refusal; the node's own words are in the message. */
  | 'rpc_refused';

/** A revert decoded against the ABIs of Croft's contracts, OpenZeppelin's ERC-20 and Solidity's own errors. */
export interface DecodedRevert {
  /** Name of the error, e.g. `StaleVector`; `unknown` when no ABI fits. */
  readonly name: string;
  /** Its arguments as decimal or hex text. */
  readonly args: readonly string[];
  /** Raw revert data, 0x-prefixed. */
  readonly data: string;
}

export class ChainError extends Error {
  constructor(
    readonly code: ChainErrorCode,
    message: string,
    readonly revert?: DecodedRevert,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ChainError';
  }
}
