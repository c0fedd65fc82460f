// `npm run bench:pos`: proofs of space.
import { runBench } from '../frame/run.js';
import { lookup } from './lookup.js';
import { plot } from './plot.js';
import { verify } from './verify.js';

await runBench('pos', { verify, lookup, plot });
