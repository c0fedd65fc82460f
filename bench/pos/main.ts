// `npm run bench:pos`: proofs of space.
import { runBench } from '../frame/run.js';
import { verify } from './verify.js';

await runBench('pos', { verify });
