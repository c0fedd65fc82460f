export type {
  AcceptedPlot,
  AccountFacts,
  Caps,
  CheckCounts,
  CustodySpan,
  CutReason,
  HeldFacts,
  HeldPart,
  HeldState,
  HeldTime,
  PartKept,
  Pools,
  Retention,
  StorageWork,
} from './facts.js';
// what every ruleset takes and makes is a part of this
export type * from './facts-2.js';
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
export { type HeldOutcome, holdingTimes } from './held.js';
export * from './network-weight.js';
export * from './plot-size.js';
export { ruleset1 } from './ruleset-1.js';
export { ruleset2 } from './ruleset-2.js';

import type { EpochFacts, EpochOutcome, PricedFacts } from './facts-2.js';
import { price1, ruleset1 } from './ruleset-1.js';
import { price2, ruleset2 } from './ruleset-2.js';

/** A version of the rules, and what its source is known by. */
export interface Ruleset {
  /** SHA-256 over the sources it is made of (test/ruleset-code.spec.ts says how and sees that it holds). */
  codeHash: string;
  apply: (facts: EpochFacts) => EpochOutcome;
  /** The lines that `apply` makes of work once it is measured; for asking what other rates would have come to. */
  price: (facts: PricedFacts) => Pick<EpochOutcome, 'lines' | 'accrued' | 'forfeited'>;
}

/** Every ruleset there ever was, by name; a campaign keeps the one it was made with. */
export const rulesets: Readonly<Record<string, Ruleset>> = {
  'ruleset-1': {
    codeHash: '75db575516bf31300b96a4adfe887f306b06a2db8cbba66c7b0d192c97ae9824',
    apply: ruleset1,
    price: price1,
  },
  'ruleset-2': {
    codeHash: '1b9a2e62ced37bf4b1f88632b0bbfde74b70b36e49e87da0f98c72647ec54dab',
    apply: ruleset2,
    price: price2,
  },
};

/** The one that new campaigns are counted by. */
export const PRESENT_RULESET = 'ruleset-2';
