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
 * - `plot_gone`: there is no such file (any more)
 * - `plot_unreadable`: the operating system would not open or read the file
 * - `plot_timeout`: the disk did not answer
 * - `plot_truncated`: the file ends before its tables do
 * - `plot_replaced`: the file is another one than was opened
 * - `plot_bad_header`: no plot at all, or a header that contradicts itself
 * - `plot_compressed`: a plot whose lower tables were left out
 * - `plot_unsupported`: a plot of another format, as a later version
 * - `plot_bad_checkpoints`, `plot_bad_park`: a table's bytes cannot be decoded
 * - `plot_bad_proof`: the tables decode, but what they point to is no proof
 */
export type PlotFormatCode =
  | 'plot_gone'
  | 'plot_unreadable'
  | 'plot_timeout'
  | 'plot_truncated'
  | 'plot_replaced'
  | 'plot_bad_header'
  | 'plot_compressed'
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

/**
 * A plot that could not be made. Nothing half-made is left behind.
 *
 * - `plot_bad_request`: id, k or memo are not what a plot has
 * - `plot_exists`: the final file is there already
 * - `plot_busy`: another process is making it, `details.pid`
 * - `disk_full`: `details.path` and `bytesNeeded`, and `bytesFree` when it was seen beforehand
 * - `plot_not_written`: another error of the file system, in `cause`
 * - `plot_cancelled`: the signal was aborted
 * - `plotter_failed`: the plotter's thread ended by itself, in `cause`
 */
export class PlotterError extends ProofOfSpaceError {
  override readonly name: string = 'PlotterError';
}

/** More memory than a plotter may take: code `plotter_limit`. */
export class PlotterLimitError extends PlotterError {
  override readonly name = 'PlotterLimitError';

  constructor(k: number, bytesNeeded: number, bytesGiven: number) {
    const message = `A plot of k=${k} needs ${bytesNeeded} bytes of memory at least; ${bytesGiven} may be taken`;
    super('plotter_limit', message, { k, bytesNeeded, bytesGiven });
  }
}
