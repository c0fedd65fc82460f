import { z } from 'zod';
import { ChiaError } from '#libs/chia';
import { ProofOfSpaceError } from '#libs/proof-of-space';
import { type ErrorCode, isErrorCode } from '#libs/protocol';

/** Refusals of the client itself, beside those of the center. English texts; `messages/` has them for people. */
export const clientErrorCodes = {
  size_invalid: 'This is not a size; write for example 500GB, 2TB or 500GiB.',
  code_invalid: 'This is not a pairing code; it looks like ABCD-1234.',
  url_invalid: 'This is not the address of a center; it starts with https:// or http://.',
  nothing_offered: 'Offer disk space with --store, plotting with --plot, or a Bee node with --bee.',
  folder_not_writable: 'The folder does not exist and cannot be made, or cannot be written to.',
  space_missing: 'The disk has less free space than is offered.',
  center_unreachable: 'The center could not be reached.',
  center_answer_invalid: 'The answer is not one of a Croft center.',
  already_joined: 'This data folder already belongs to a node.',
  not_joined: 'This data folder belongs to no node yet.',
  data_folder_in_use: 'Another croft works with this data folder.',
  state_damaged: 'A file of the data folder is damaged.',
  confirmation_missing: 'Say --yes to confirm.',
  options_invalid: 'The command line is not understood.',
  plot_options_invalid: 'These options do not describe a plot.',
  plotter_not_usable: 'This plotter is not installed or cannot make this plot.',
  bench_proof_wrong: 'A proof of a plot that was just made is not valid.',
  plot_unreadable: 'The plot file could not be read.',
  key_differs: 'The center does not have the key this node was paired with.',
  bundle_unreadable: 'The bundle could not be read.',
  round_not_in_journal: 'There is no receipt of this round.',
  verify_options_invalid: 'These options do not say what to verify.',
  bundle_unsound: 'The bundle is not sound.',
  claim_options_invalid: 'These options do not say what to claim.',
  claim_not_owner: 'Only the account itself can have its tokens sent elsewhere.',
  key_unreadable: 'The key could not be read.',
  chain_refused: 'The chain did not take the claim, or did not answer.',
  claim_not_in_bundle: 'The bundle owes this account nothing.',
  claim_root_not_active: 'The contract pays by another bundle than this one.',
  claim_paid_by_cheques: 'This campaign pays by cheques.',
  claim_claims_closed: 'Claims are not open yet.',
  claim_payouts_paused: 'Payouts are paused.',
  claim_nothing_due: 'Nothing is due.',
  claim_paid_unknown: 'What was paid before could not be found on the chain.',
  claim_wrong_chain: 'This is another chain than that of the campaign.',
  claim_contract_unreadable: 'There is no payout contract at this address.',
  cheques_options_invalid: 'These options do not say which cheques.',
  cheque_unreadable: 'The file could not be read, or is no cheque.',
  cheque_not_signed: 'The issuer did not sign this cheque.',
  cheque_not_yours: 'Only the beneficiary of a cheque can cash it.',
  chequebook_differs: 'The chequebook on the chain is another than the cheque says.',
  cheque_uncovered: 'The chequebook cannot pay this cheque in full now.',
  bee_not_loopback: 'This is not the API of a Bee node on this computer.',
  bee_key_differs: 'This key is not that of the Bee node.',
  not_connected: 'There is no connection to the center.',
} as const;

export type ClientErrorCode = keyof typeof clientErrorCodes;

/** A refusal by the client, or one by the center passed on. `detail` is shown after the text. */
export class ClientError extends Error {
  constructor(
    readonly code: ClientErrorCode | ErrorCode,
    readonly detail?: string,
    options?: { cause?: unknown },
  ) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.name = 'ClientError';
  }
}

/** The stable code of anything thrown, or null when it has none. */
export function codeOf(thrown: unknown): string | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (isErrorCode(code)) return code;
  if (thrown instanceof ProofOfSpaceError || thrown instanceof ChiaError) return thrown.code;
  return typeof code === 'string' && Object.hasOwn(clientErrorCodes, code) ? code : null;
}

/** Text of anything thrown, for a log line. */
export function textOf(thrown: unknown): string {
  if (thrown instanceof z.ZodError) {
    return thrown.issues.map(({ path, message }) => `${path.join('.') || 'all'}: ${message}`).join('; ');
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}
