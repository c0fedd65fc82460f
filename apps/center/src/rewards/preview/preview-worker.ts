import { parentPort, workerData } from 'node:worker_threads';
import { type PreviewJob, previewOf } from './preview-job.js';

parentPort!.postMessage(await previewOf(workerData as PreviewJob));
