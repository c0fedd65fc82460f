import { setImmediate, setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PlotterError } from '../../errors.js';
import type { Geometry } from '../geometry.js';
import type { Stage, StageReport } from '../stages/stage.js';
import { StageRunner } from '../stages/stage-runner.js';
import { Control } from './control.js';
import { unpackError, type WorkerOrders, type WorkerReply } from './messages.js';

/** Does all tasks of a stage, in as many threads as it has. */
export interface Crew {
  /** @throws PlotterError of the thread that failed first; no further task is begun then */
  run(stage: Stage): Promise<StageReport[]>;
  close(): Promise<void>;
}

/** Threads of this process. `nice` lowers their priority where a thread can have one of its own (Linux). */
export class WorkerCrew implements Crew {
  private readonly workers: Worker[];

  constructor(
    geometry: Geometry,
    threads: number,
    nice: number,
    private readonly control: Control,
  ) {
    const workerData: WorkerOrders = { geometry, nice, control: control.memory };
    this.workers = Array.from(
      { length: threads },
      () =>
        // without the flags of the process, which may be a test's that resolves to sources
        new Worker(new URL('./worker.js', import.meta.url), { workerData, execArgv: [] }),
    );
  }

  async run(stage: Stage): Promise<StageReport[]> {
    this.control.begin(stage.tasks);
    const replies = await Promise.allSettled(this.workers.map((worker) => this.ask(worker, stage)));
    const failed = replies.find((reply) => reply.status === 'rejected');
    if (failed) throw failed.reason;
    return replies.map((reply) => (reply as PromiseFulfilledResult<StageReport>).value);
  }

  async close(): Promise<void> {
    this.control.stop();
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private ask(worker: Worker, stage: Stage): Promise<StageReport> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        act();
      };
      const fail = (error: unknown) =>
        settle(() => {
          this.control.stop();
          reject(error);
        });
      const onMessage = (reply: WorkerReply) =>
        reply.kind === 'done' ? settle(() => resolve(reply.report)) : fail(unpackError(reply.error));
      const onError = (cause: unknown) =>
        fail(new PlotterError('plotter_failed', 'A thread of the plotter broke down', {}, { cause }));
      const onExit = (code: number) =>
        fail(new PlotterError('plotter_failed', `A thread of the plotter ended by itself (${code})`));
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(stage);
    });
  }
}

/** The calling thread, which looks up between tasks: where there is no compiled worker to start. */
export class LoneCrew implements Crew {
  private readonly runner: StageRunner;

  constructor(
    geometry: Geometry,
    private readonly control: Control,
  ) {
    this.runner = new StageRunner(geometry);
  }

  async run(stage: Stage): Promise<StageReport[]> {
    const report: StageReport = { edges: [] };
    this.control.begin(stage.tasks);
    try {
      for (let task = this.control.take(); task < stage.tasks; task = this.control.take()) {
        await setImmediate();
        while (this.control.isPaused) await setTimeout(20);
        if (this.control.isStopped) break;
        this.runner.run(stage, task, report);
        this.control.finished();
      }
    } finally {
      this.runner.end();
    }
    return [report];
  }

  async close(): Promise<void> {}
}
