import { parentPort, workerData } from 'node:worker_threads';
import { type PlotJob, plotFileSteps } from './job.js';
import { packError, type WorkerMessage } from './worker-messages.js';

/** Progress is told at most this often. */
const REPORT_MS = 100;

const send = (message: WorkerMessage) => parentPort?.postMessage(message);

try {
  const steps = plotFileSteps(workerData as PlotJob);
  let toldAt = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      send({ kind: 'done', result: step.value });
      break;
    }
    const now = performance.now();
    if (now - toldAt < REPORT_MS && step.value.fraction < 1) continue;
    toldAt = now;
    send({ kind: 'progress', progress: step.value });
  }
} catch (error) {
  send({ kind: 'failed', error: packError(error) });
}
