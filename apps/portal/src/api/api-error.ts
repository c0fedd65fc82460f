import type { ErrorBody, ErrorCode } from '#libs/protocol';

/** `unreachable`: there was no answer at all; everything else is the center's own code. */
export type FailureCode = ErrorCode | 'unreachable';

/** A call that was refused or got no answer. */
export class ApiError extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The error in an answer's body; anything that is not the center's own form becomes `internal`. */
export function toApiError(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    const { code, message, details } = body as ErrorBody;
    return new ApiError(code, message, details);
  }
  // a gateway in front of the center answers in its own words when the center is down
  return new ApiError(
    status === 502 || status === 503 || status === 504 ? 'unreachable' : 'internal',
    `HTTP ${status}`,
  );
}
