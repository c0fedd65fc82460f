// `npm run bench:tally`: what cheating comes to, and what counting costs.
import { runBench } from '../frame/run.js';
import { bundle } from './bundle.js';
import { detection } from './detection.js';
import { drawing } from './drawing.js';
import { load } from './load.js';
import { money } from './money.js';
import { preview } from './preview.js';
import { round } from './round.js';
import { testfield } from './testfield.js';

await runBench('tally', { detection, drawing, round, money, bundle, preview, testfield, load });
