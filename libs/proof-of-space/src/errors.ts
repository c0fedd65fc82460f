/** What this library throws: a stable `code`, and `details` that a log or an API answer can carry as they are. */
export class ProofOfSpaceError extends Error {
  override readonly name: string = 'ProofOfSpaceError';

  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * - `plot_unreadable`: the operating system would not open or read the file
 * - `plot_truncated`: the file ends before its tables do
 * - `plot_bad_header`: no plot at all, or a header that contradicts itself
 * - `plot_unsupported`: a plot of another format (compressed, or a later version)
 * - `plot_bad_checkpoints`, `plot_bad_park`: a table's bytes cannot be decoded
 * - `plot_bad_proof`: the tables decode, but what they point to is no proof
 */
export type PlotFormatCode =
  | 'plot_unreadable'
  | 'plot_truncated'
  | 'plot_bad_header'
  | 'plot_unsupported'
  | 'plot_bad_checkpoints'
  | 'plot_bad_park'
  | 'plot_bad_proof';

/** A plot file that is not what it should be. */
export class PlotFormatError extends ProofOfSpaceError {
  override readonly name = 'PlotFormatError';
  declare readonly code: PlotFormatCode;

  constructor(
    code: PlotFormatCode,
    message: string,
    details?: Readonly<Record<string, string | number>>,
    options?: { cause?: unknown },
  ) {
    super(code, message, details, options);
  }
}

/** A question a reader cannot take: `bad_challenge` (not 32 bytes) or `no_such_proof` (index out of range). */
export class PlotLookupError extends ProofOfSpaceError {
  override readonly name = 'PlotLookupError';
}
