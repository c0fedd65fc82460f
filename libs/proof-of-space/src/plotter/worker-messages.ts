import { PlotterError, ProofOfSpaceError } from '../errors.js';
import type { PlotResult } from './job.js';
import type { PlotProgress } from './progress.js';

/** An error as it crosses threads, where classes and own properties get lost. */
export interface SentError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly cause: unknown;
}

/** What the plotter's thread tells the one that started it. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: PlotProgress }
  | { readonly kind: 'done'; readonly result: PlotResult }
  | { readonly kind: 'failed'; readonly error: SentError };

export function packError(error: unknown): SentError {
  if (error instanceof ProofOfSpaceError) {
    const { code, message, details, cause } = error;
    return { code, message, details, cause };
  }
  return {
    code: 'plotter_failed',
    message: `The plotter failed: ${String(error)}`,
    details: {},
    cause: error,
  };
}

export function unpackError({ code, message, details, cause }: SentError): PlotterError {
  return new PlotterError(code, message, details, { cause });
}
