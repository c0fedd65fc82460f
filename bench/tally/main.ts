// `npm run bench:tally`: what cheating comes to, and what counting costs.
import { runBench } from '../frame/run.js';
import { bundle } from './bundle.js';
import { detection } from './detection.js';
import { drawing } from './drawing.js';
import { money } from './money.js';
import { preview } from './preview.js';

await runBench('tally', { detection, drawing, money, bundle, preview });
