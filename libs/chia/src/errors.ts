/** Stable codes of what can be wrong with keys, memos and addresses. */
export type ChiaErrorCode =
  | 'seed-too-short'
  | 'secret-key-invalid'
  | 'public-key-invalid'
  | 'signature-invalid'
  | 'index-invalid'
  | 'mnemonic-invalid'
  | 'puzzle-hash-invalid'
  | 'memo-length-invalid'
  | 'address-invalid'
  | 'address-prefix-wrong';

/** Input that is no key, memo or address. The message never contains a secret. */
export class ChiaError extends Error {
  override readonly name = 'ChiaError';

  constructor(
    readonly code: ChiaErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
