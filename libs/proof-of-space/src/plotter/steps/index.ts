import { backwardSteps } from './backward.js';
import { compressSteps } from './compress.js';
import { forwardSteps } from './forward.js';
import { lastSteps } from './last.js';
import type { Step } from './step.js';

/** All of a plot's making, in order. */
export const steps: readonly Step[] = [...forwardSteps, ...backwardSteps, ...compressSteps, ...lastSteps];
