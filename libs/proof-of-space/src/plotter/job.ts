import type { PlotIdentity } from '../reader/header.js';
import { FileSink } from './file-sink.js';
import { makePlot } from './make-plot.js';
import type { PlotProgress } from './progress.js';

/** A plot to be made: everything that crosses to the plotter's thread. */
export interface PlotJob extends PlotIdentity {
  readonly path: string;
}

export interface PlotResult {
  /** Size of the file. */
  readonly bytes: number;
  /** Of the whole file, in hex. */
  readonly sha256: string;
}

/**
 * Makes a plot file step by step. Nothing is left behind when it throws, or when whoever drives it gives up with
 * `return()`.
 */
export function* plotFileSteps(job: PlotJob): Generator<PlotProgress, PlotResult> {
  const sink = new FileSink(job.path);
  let isDone = false;
  try {
    const bytes = yield* makePlot(job, sink, (needed) => sink.expect(needed));
    const sha256 = sink.commit();
    isDone = true;
    return { bytes, sha256 };
  } finally {
    if (!isDone) sink.discard();
  }
}
