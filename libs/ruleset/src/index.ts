export * from './facts.js';
export * from './plot-size.js';
export { ruleset1 } from './ruleset-1.js';

import type { EpochFacts, EpochOutcome } from './facts.js';
import { ruleset1 } from './ruleset-1.js';

/** Every ruleset there ever was, by name; a campaign keeps the one it was made with. */
export const rulesets: Readonly<Record<string, (facts: EpochFacts) => EpochOutcome>> = {
  'ruleset-1': ruleset1,
};
