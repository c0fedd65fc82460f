import { PlotFormatError } from '../errors.js';

interface Job {
  /** Nobody waits for it any more when this is aborted. */
  signal?: AbortSignal;
  begin(): void;
  fail(error: unknown): void;
}

/**
 * The reads of one disk: so many at once, and each plot (or whoever asks) in its turn, so that 63 reads of one do
 * not stand before the single one of another.
 *
 * A read that takes longer than the timeout fails with `plot_timeout`. It cannot be taken back, and holds one of
 * the few threads that all disks share; so until it ends the disk counts as stalled, and everything else asked of
 * it fails at once.
 */
export class DiskLane {
  /** By whose they are; the first key is next, and goes to the end when it had its turn. */
  private readonly waiting = new Map<object, Job[]>();
  /** Begun and not overdue, oldest first: when each becomes overdue, on the clock of `performance.now`. */
  private readonly running = new Map<Job, number>();
  private overdue = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly readsAtOnce: number,
    readonly timeoutMs: number,
  ) {}

  /** Whether a read has been overdue, and has not ended yet. */
  get stalled(): boolean {
    return this.overdue > 0;
  }

  /**
   * Does `work` when it is `owner`'s turn. What `work` comes to after a timeout is dropped.
   *
   * @param signal when it is aborted before the work's turn comes, the work is not begun and its reason thrown
   * @throws PlotFormatError `plot_timeout`
   */
  run<T>(owner: object, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.stalled) return reject(this.timeout());
      const job: Job = {
        signal,
        begin: () => {
          this.running.set(job, performance.now() + this.timeoutMs);
          this.watch();
          work()
            .then(resolve, reject)
            .finally(() => this.ended(job));
        },
        fail: reject,
      };
      const queue = this.waiting.get(owner);
      if (queue) queue.push(job);
      else this.waiting.set(owner, [job]);
      this.beginNext();
    });
  }

  private beginNext(): void {
    while (!this.stalled && this.running.size < this.readsAtOnce) {
      const next = this.waiting.entries().next().value;
      if (!next) return;
      const [owner, queue] = next;
      const job = queue.shift()!;
      this.waiting.delete(owner);
      if (queue.length > 0) this.waiting.set(owner, queue);
      if (job.signal?.aborted) job.fail(job.signal.reason);
      else job.begin();
    }
  }

  private ended(job: Job): void {
    if (!this.running.delete(job)) this.overdue--;
    if (this.running.size === 0) {
      clearTimeout(this.timer);
      this.timer = undefined;
    }
    this.beginNext();
  }

  /** One timer for all: they began in order and all have the same time. */
  private watch(): void {
    if (this.timer !== undefined) return;
    const oldest = this.running.values().next().value;
    if (oldest === undefined) return;
    const wait = Math.max(1, Math.ceil(oldest - performance.now()));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.giveUpOverdue();
      this.watch();
    }, wait);
    // Node only; in a browser a timer is a number.
    if (typeof this.timer === 'object') this.timer.unref?.();
  }

  private giveUpOverdue(): void {
    const now = performance.now();
    for (const [job, until] of this.running) {
      if (until > now) break;
      this.running.delete(job);
      this.overdue++;
      job.fail(this.timeout());
    }
    if (!this.stalled) return;
    const waiting = [...this.waiting.values()].flat();
    this.waiting.clear();
    for (const job of waiting) job.fail(this.timeout());
  }

  private timeout(): PlotFormatError {
    const { timeoutMs } = this;
    return new PlotFormatError('plot_timeout', `The disk did not answer within ${timeoutMs} ms`, {
      timeoutMs,
    });
  }
}
