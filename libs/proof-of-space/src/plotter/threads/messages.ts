import { PlotterError, ProofOfSpaceError } from '../../errors.js';
import type { Geometry } from '../geometry.js';
import type { StageReport } from '../stages/stage.js';

/** What a thread is told when it starts; then it is sent stages. */
export interface WorkerOrders {
  readonly geometry: Geometry;
  /** Priority, 0..19; lower is more urgent. */
  readonly nice: number;
  readonly control: SharedArrayBuffer;
}

/** An error as it crosses threads, where classes and own properties get lost. */
export interface SentError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly cause: unknown;
}

/** A thread's answer to a stage. */
export type WorkerReply =
  | { readonly kind: 'done'; readonly report: StageReport }
  | { readonly kind: 'failed'; readonly error: SentError };

export function packError(error: unknown): SentError {
  if (error instanceof ProofOfSpaceError) {
    const { code, message, details, cause } = error;
    return { code, message, details, cause };
  }
  return { code: 'plotter_failed', message: `The plotter failed: ${error}`, details: {}, cause: error };
}

export function unpackError({ code, message, details, cause }: SentError): PlotterError {
  return new PlotterError(code, message, details, { cause });
}
