import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { CroftError } from '#libs/protocol';
import { type PreviewJob, type PreviewResult, previewOf } from './preview-job.js';

/** Previews that may wait while one runs; the next is refused. */
const MOST_WAITING = 3;
const MOST_MS = 60_000;
const MEMORY_MIB = 1024;

/** Runs previews one after another in a thread, so that whoever asks for one keeps nobody else waiting. */
@Injectable()
export class PreviewRunner {
  private last: Promise<unknown> = Promise.resolve();
  private queued = 0;

  /** Errors: rate_limited when too many wait already, preview_too_large when it takes over a minute or a GiB. */
  run(job: PreviewJob): Promise<PreviewResult> {
    if (this.queued > MOST_WAITING) throw new CroftError('rate_limited');
    this.queued++;
    const result = this.last.then(() => inThread(job)).finally(() => this.queued--);
    this.last = result.catch(() => {});
    return result;
  }
}

/** From TypeScript sources (in tests) there is no compiled worker to start. */
function inThread(job: PreviewJob): Promise<PreviewResult> {
  if (import.meta.url.endsWith('.ts')) return previewOf(job);
  const worker = new Worker(new URL('./preview-worker.js', import.meta.url), {
    workerData: job,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  });
  return new Promise<PreviewResult>((resolve, reject) => {
    const late = setTimeout(() => reject(new CroftError('preview_too_large')), MOST_MS);
    worker.once('message', resolve);
    worker.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new CroftError('preview_too_large') : cause),
    );
    worker.once('exit', () => {
      clearTimeout(late);
      reject(new Error('the thread of a preview ended by itself'));
    });
  }).finally(() => worker.terminate());
}
