import { z } from 'zod';
import type { Task } from '#libs/protocol';
import { textOf } from '../client-error.js';
import { Places } from '../concurrency.js';
import { discardPartial } from '../plots/partial-file.js';
import type { TaskContext, TaskProgress } from './context.js';
import { isLeaseEnd, keepLease } from './lease-keeper.js';
import { movePlot } from './moving.js';
import { dropLease, makeLeasedPlot, settleLease } from './plotting.js';
import { isPassing } from './session.js';
import { failureOf, TaskFailure } from './task-failure.js';
import { task as taskSchema } from './wire.js';

/** One plot at a time: the plotter uses the memory and cores it finds. */
const PLOTS_AT_ONCE = 1;
const MOVES_AT_ONCE = 2;
/** The center says when there is work; in case that was not heard a node asks by itself now and then, give or take a third. */
const ASK_MS = 30_000;
/** After a failed task, so that a task that fails at once is not taken in a tight circle. */
const AFTER_FAILURE_MS = 5_000;

/** A lease this node works on or waits to. */
export interface Running {
  task: Task;
  progress: TaskProgress;
}

/** Asks for work and does it: every lease the center lists is kept alive and brought to an end. */
export class Work {
  readonly running = new Map<string, Running>();
  /** Leases whose part here is done, for as long as the center still lists them. */
  private finished = new Set<string>();
  private refused = new Set<string>();
  private readonly plotting = new Places(PLOTS_AT_ONCE);
  private readonly moving = new Places(MOVES_AT_ONCE);
  private readonly ends = new Set<Promise<void>>();
  private tidied = false;
  private notBefore = 0;
  private woken = false;
  private endPause: () => void = () => {};

  constructor(
    private readonly context: TaskContext,
    private readonly signal: AbortSignal,
    private readonly changed: () => void,
  ) {
    signal.addEventListener('abort', () => this.endPause(), { once: true });
  }

  /** Runs until the signal aborts and all tasks have let go of their files. */
  async run(): Promise<void> {
    try {
      for (;;) {
        await this.context.session.ready(this.signal);
        this.woken = false;
        await this.ask().catch((error) => this.trouble(error));
        await this.pause();
      }
    } catch (error) {
      if (!this.signal.aborted) throw error;
    } finally {
      await Promise.allSettled(this.ends);
    }
  }

  /** Asks for work at once, or as soon as a failure is old enough. */
  wake(): void {
    this.woken = true;
    if (Date.now() >= this.notBefore) this.endPause();
  }

  private async pause(): Promise<void> {
    const forced = this.notBefore - Date.now();
    if (forced > 0) await this.rest(forced);
    if (!this.woken) await this.rest(ASK_MS * (0.67 + Math.random() * 0.66));
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.signal.aborted) this.endPause();
    });
  }

  private async ask(): Promise<void> {
    let listed: unknown[];
    try {
      listed = (await this.context.session.call('task:next', {})).tasks;
    } catch (error) {
      if (!isPassing(error))
        this.context.log.say('message_refused', { message: 'task:next', text: textOf(error) });
      return;
    }
    const tasks: Task[] = [];
    for (const raw of listed) {
      const parsed = taskSchema.safeParse(raw);
      if (parsed.success) tasks.push(parsed.data);
      else await this.refuse(raw);
    }
    const ids = new Set(tasks.map(({ leaseId }) => leaseId));
    this.finished = new Set([...this.finished].filter((leaseId) => ids.has(leaseId)));
    for (const task of tasks) {
      if (!this.running.has(task.leaseId) && !this.finished.has(task.leaseId)) this.start(task);
    }
    if (!this.tidied) await this.tidy(tasks, ids);
  }

  /** Once after the start: what earlier runs left of work that is no longer ours. */
  private async tidy(tasks: Task[], ids: Set<string>): Promise<void> {
    this.tidied = true;
    for (const leaseId of await this.context.leases.ids()) {
      if (!ids.has(leaseId)) await settleLease(leaseId, this.context, this.signal);
    }
    const moving = new Set(tasks.map((task) => (task.kind === 'plot' ? '' : task.plotId)));
    for (const [plotId, path] of await this.context.folder.unfinished()) {
      if (!moving.has(plotId)) await discardPartial(path);
    }
  }

  /** A lease of a kind or with values this client cannot do: the center may give it to another node. */
  private async refuse(raw: unknown): Promise<void> {
    const { data } = z.object({ leaseId: z.uuid() }).safeParse(raw);
    if (!data || this.refused.has(data.leaseId)) return;
    this.refused.add(data.leaseId);
    await this.fail(data.leaseId, new TaskFailure('unsupported', 'this client does not know such work'));
  }

  private start(task: Task): void {
    this.running.set(task.leaseId, { task, progress: { phase: 'waiting', fraction: 0 } });
    this.changed();
    const work = this.do(task).catch((error) => this.trouble(error));
    const end = work.finally(() => {
      this.ends.delete(end);
      this.running.delete(task.leaseId);
      this.changed();
      this.wake();
    });
    this.ends.add(end);
  }

  private async do(task: Task): Promise<void> {
    const { leaseId } = task;
    const taken = new AbortController();
    const done = new AbortController();
    const signal = AbortSignal.any([this.signal, taken.signal]);
    const running = this.running.get(leaseId)!;
    const onProgress = (phase: string, fraction: number) => {
      running.progress = { phase, fraction };
      this.changed();
    };
    const kept = keepLease(
      task,
      () => running.progress,
      this.context.session,
      (error) => taken.abort(error),
      AbortSignal.any([signal, done.signal]),
    );
    try {
      const places = task.kind === 'plot' ? this.plotting : this.moving;
      await places.run(async () => {
        signal.throwIfAborted();
        if (task.kind === 'plot') await makeLeasedPlot(task, this.context, onProgress, signal);
        else await movePlot(task, this.context, onProgress, signal);
      });
      this.finished.add(leaseId);
    } catch (error) {
      if (!this.signal.aborted) await this.giveUp(task, taken.signal.aborted ? taken.signal.reason : error);
    } finally {
      done.abort();
      await kept;
    }
  }

  /** Gives disk space back and, unless the center ended the lease itself, says that it will not be done. */
  private async giveUp(task: Task, error: unknown): Promise<void> {
    const { leaseId } = task;
    this.finished.add(leaseId);
    this.notBefore = Date.now() + AFTER_FAILURE_MS;
    try {
      if (task.kind === 'plot') await dropLease(leaseId, this.context, error);
      else {
        const partial = (await this.context.folder.unfinished()).get(task.plotId);
        if (partial) await discardPartial(partial);
      }
    } catch (problem) {
      this.trouble(problem);
    }
    if (isLeaseEnd(error)) this.context.log.say('task_ended', { leaseId, text: textOf(error) });
    else await this.fail(leaseId, failureOf(error, 'failed'));
  }

  private async fail(leaseId: string, { word, message }: TaskFailure): Promise<void> {
    this.context.log.say('task_failed', { leaseId, cause: word, text: message });
    try {
      const failure = { leaseId, cause: word, text: message.slice(0, 400) };
      await this.context.session.callUntilAnswered('task:fail', failure, this.signal);
    } catch (error) {
      this.trouble(error);
    }
  }

  private trouble(error: unknown): void {
    if (!this.signal.aborted) this.context.log.say('trouble', { text: textOf(error) });
  }
}
