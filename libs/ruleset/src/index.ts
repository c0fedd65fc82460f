export * from './facts.js';
export {
  type Fraction,
  fractionOf,
  isFarBelow,
  isInDoubt,
  isReduced,
  noTries,
  pooled,
  type Tries,
  WITHHELD_TRIES,
} from './fraction.js';
export * from './plot-size.js';
export { ruleset1 } from './ruleset-1.js';

import type { EpochFacts, EpochOutcome } from './facts.js';
import { ruleset1 } from './ruleset-1.js';

/** A version of the rules, and what its source is known by. */
export interface Ruleset {
  /** SHA-256 over the sources it is made of (test/ruleset-code.spec.ts says how and sees that it holds). */
  codeHash: string;
  apply: (facts: EpochFacts) => EpochOutcome;
}

/** Every ruleset there ever was, by name; a campaign keeps the one it was made with. */
export const rulesets: Readonly<Record<string, Ruleset>> = {
  'ruleset-1': {
    codeHash: 'cde38f5edd7e25e3aaeee4318dfa4f6cf95513b35db7392e40b93d1d539c6925',
    apply: ruleset1,
  },
};
