// `npm run bench:swarm`: the link to Swarm.
import { runBench } from '../frame/run.js';
import { beeCheaters } from './bee-cheaters.js';
import { cheaters } from './cheaters.js';
import { hashing } from './hashing.js';
import { proofs } from './proofs.js';

await runBench('swarm', { hashing, proofs, cheaters, 'bee-cheaters': beeCheaters });
