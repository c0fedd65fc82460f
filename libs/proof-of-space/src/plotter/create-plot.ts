import { access, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PlotterError } from '../errors.js';
import { temporaryPath } from './file-sink.js';
import { type PlotJob, type PlotResult, plotFileSteps } from './job.js';
import { requirePlottable } from './limits.js';
import type { PlotProgress } from './progress.js';
import { unpackError, type WorkerMessage } from './worker-messages.js';

export interface CreatePlotOptions {
  /** 18 to `MAX_PLOTTER_K`. */
  readonly k: number;
  /** 32 bytes. */
  readonly plotId: Uint8Array;
  /** At most 65 535 bytes; ends up in the file. */
  readonly memo: Uint8Array;
  /** The final file. Until it is whole it is `<path>.tmp`. */
  readonly path: string;
  readonly onProgress?: (progress: PlotProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Makes a plot file in memory, in a thread of its own, byte for byte as the reference plotter makes it. Resolves
 * when the file is synced to disk under its final name; in all other cases it leaves nothing behind.
 *
 * @throws PlotterLimitError for a k it does not make
 * @throws PlotterError `plot_bad_request`, `plot_exists`, `disk_full`, `plot_not_written`, `plot_cancelled`,
 *   `plotter_failed`
 */
export async function createPlot(options: CreatePlotOptions): Promise<PlotResult> {
  const { k, plotId, memo, path, onProgress = () => {}, signal } = options;
  requirePlottable({ k, plotId, memo });
  if (await exists(path)) throw new PlotterError('plot_exists', `${path} exists already`, { path });
  if (signal?.aborted) throw cancelled(path);
  const job: PlotJob = { k, plotId: plotId.slice(), memo: memo.slice(), path };
  // From TypeScript sources (in tests) there is no compiled worker to start.
  const run = import.meta.url.endsWith('.ts') ? runHere : runInWorker;
  return run(job, onProgress, signal);
}

type Run = (
  job: PlotJob,
  onProgress: (progress: PlotProgress) => void,
  signal: AbortSignal | undefined,
) => Promise<PlotResult>;

const runInWorker: Run = (job, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: job });
    let settled = false;
    const settle = (act: () => void) => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', abort);
      act();
    };
    // A thread that was stopped could not clean up after itself.
    const fail = (error: PlotterError) =>
      settle(() => {
        worker
          .terminate()
          .then(() => rm(temporaryPath(job.path), { force: true }))
          .then(
            () => reject(error),
            () => reject(error),
          );
      });
    const abort = () => fail(cancelled(job.path));
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (settled) return;
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'done') settle(() => resolve(message.result));
      else fail(unpackError(message.error));
    });
    worker.on('error', (cause) => fail(failed('The plotter’s thread broke down', cause)));
    worker.on('exit', (code) => fail(failed(`The plotter’s thread ended by itself (${code})`, undefined)));
  });

const runHere: Run = async (job, onProgress, signal) => {
  const steps = plotFileSteps(job);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    onProgress(step.value);
    await setImmediate();
    if (!signal?.aborted) continue;
    steps.return({ bytes: 0, sha256: '' });
    throw cancelled(job.path);
  }
};

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function cancelled(path: string): PlotterError {
  return new PlotterError('plot_cancelled', 'The plot was cancelled', { path });
}

function failed(message: string, cause: unknown): PlotterError {
  return new PlotterError('plotter_failed', message, {}, { cause });
}
