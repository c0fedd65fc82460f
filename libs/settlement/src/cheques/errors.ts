/** Codes of everything about cheques that is refused. Programs may rely on them; texts may change. */
export type ChequeErrorCode =
  /** The text is no cheque: not JSON, a field is missing, or of another form. */
  | 'cheque_malformed'
  /** The issuer that the cheque names did not sign it. */
  | 'cheque_not_signed'
  /** The chequebook belongs to another issuer, or pays another token, than the cheque says. */
  | 'chequebook_differs'
  /** The chequebook was not made by the factory that is trusted. */
  | 'chequebook_unknown'
  /** Everything that the cheque says was cashed. */
  | 'cheque_nothing_due';

export class ChequeError extends Error {
  constructor(
    readonly code: ChequeErrorCode,
    message: string,
    readonly details: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ChequeError';
  }
}
