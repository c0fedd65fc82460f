import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Stage, StageReport } from '../stages/stage.js';
import { StageRunner } from '../stages/stage-runner.js';
import { Control } from './control.js';
import { packError, type WorkerOrders, type WorkerReply } from './messages.js';

const { geometry, nice, control: memory } = workerData as WorkerOrders;
const control = new Control(memory);
const runner = new StageRunner(geometry);

// On Linux a priority belongs to a thread. Elsewhere it would be the whole process's, which is not ours to change.
if (nice > 0 && process.platform === 'linux') setPriority(nice);

function work(stage: Stage): WorkerReply {
  const report: StageReport = { edges: [] };
  try {
    for (let task = control.take(); task < stage.tasks; task = control.take()) {
      control.waitWhilePaused();
      if (control.isStopped) break;
      runner.run(stage, task, report);
      control.finished();
    }
    return { kind: 'done', report };
  } catch (error) {
    return { kind: 'failed', error: packError(error) };
  } finally {
    runner.end();
  }
}

parentPort?.on('message', (stage: Stage) => parentPort?.postMessage(work(stage)));
