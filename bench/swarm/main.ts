// `npm run bench:swarm`: the link to Swarm.
import { runBench } from '../frame/run.js';
import { cheaters } from './cheaters.js';
import { hashing } from './hashing.js';
import { proofs } from './proofs.js';

await runBench('swarm', { hashing, proofs, cheaters });
