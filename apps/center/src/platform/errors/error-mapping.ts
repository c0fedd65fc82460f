import { HttpException } from '@nestjs/common';
import { CroftError, type ErrorBody, type ErrorCode } from '#libs/protocol';

const statuses: Partial<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  bad_credentials: 401,
  wallet_signature_invalid: 401,
  bad_wallet_message: 401,
  nonce_unknown: 401,
  bad_signature: 401,
  forbidden: 403,
  node_revoked: 403,
  not_found: 404,
  pairing_code_unknown: 404,
  node_unknown: 404,
  plot_unknown: 404,
  pairing_code_expired: 410,
  email_taken: 409,
  wallet_taken: 409,
  conflict: 409,
  pairing_code_used: 409,
  node_key_taken: 409,
  plot_already_registered: 409,
  message_too_large: 413,
  rate_limited: 429,
  internal: 500,
  chain_unreachable: 503,
};

/** HTTP status of an error code; refused input is 400. */
export const statusOf = (code: ErrorCode) => statuses[code] ?? 400;

const byStatus: Record<number, ErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'message_too_large',
  429: 'rate_limited',
};

/** Any thrown thing as a typed error. What is not expected becomes `internal` and says nothing of its inside. */
export function toCroftError(thrown: unknown): CroftError {
  if (thrown instanceof CroftError) return thrown;
  if (thrown instanceof HttpException) {
    const status = thrown.getStatus();
    if (status >= 500) return new CroftError('internal', undefined, { cause: thrown });
    const response = thrown.getResponse() as { message?: unknown } | string;
    const problems = typeof response === 'object' ? response.message : response;
    return new CroftError(byStatus[status] ?? 'bad_request', status === 400 ? { problems } : undefined);
  }
  const status = (thrown as { status?: unknown })?.status;
  if (status === 413) return new CroftError('message_too_large');
  if (status === 400) return new CroftError('bad_request');
  return new CroftError('internal', undefined, { cause: thrown });
}

export const toErrorBody = (thrown: unknown): ErrorBody => toCroftError(thrown).toBody();
