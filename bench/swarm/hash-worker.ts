import { parentPort } from 'node:worker_threads';
import { ChunkHasher } from '#libs/swarm';
import { hashAll, someBytes } from './hashing.js';

const TIMES = 4;

const hasher = new ChunkHasher();
const data = someBytes(16 * 2 ** 20);

parentPort?.on('message', () => {
  let bytes = 0;
  for (let time = 0; time < TIMES; time++) bytes += hashAll(hasher, data);
  parentPort?.postMessage(bytes);
});
hashAll(hasher, data);
parentPort?.postMessage(0);
