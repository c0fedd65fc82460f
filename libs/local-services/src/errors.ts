/** Stable codes of everything that can go wrong while starting or using a local service. */
export type LocalServiceErrorCode =
  | 'platform-unsupported'
  | 'binaries-unusable'
  | 'data-dir-busy'
  | 'data-dir-unusable'
  | 'postgres-start-failed'
  | 'postgres-password-lost'
  | 'postgres-stop-failed'
  | 'database-name-invalid'
  | 'database-exists'
  | 'database-template-missing'
  | 'anvil-start-failed'
  | 'anvil-option-invalid';

/** A local service could not do what was asked; `hint` says what a person can do about it. */
export class LocalServiceError extends Error {
  override readonly name = 'LocalServiceError';

  constructor(
    readonly code: LocalServiceErrorCode,
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(hint ? `${message}\n${hint}` : message, options);
  }
}
