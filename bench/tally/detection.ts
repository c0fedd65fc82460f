import { DOUBT_FACTOR } from '#libs/protocol';
import { isFarBelow, isInDoubt, isReduced, noTries, pooled, type Tries } from '#libs/ruleset';
import type { Section } from '../frame/section.js';

const SEED = 20_261_123;
const CHECKS = 48;
const DAY = 86_400;

/** A node as the simulation has it. */
interface Simulated {
  /** Part of every plot that is kept. */
  kept: number;
  /** Part of the time that it answers. */
  up: number;
}

/** Monte-Carlo of what 48 checks a day find; the rules are those the center pays by. */
export const detection: Section = {
  title: `Detection at ${CHECKS} checks a day (Monte-Carlo, seed ${SEED}; percent of nodes)`,
  run({ large, row }) {
    const runs = large ? 100_000 : 10_000;
    const random = uniform(SEED);
    const share = (what: () => boolean, of = runs) => {
      let found = 0;
      for (let i = 0; i < of; i++) if (what()) found++;
      return [(found / of) * 100];
    };
    const goal = (value: number) => ({ name: 'the goal', value });
    const missing = (part: number, days: number) => () => {
      for (let i = 0; i < CHECKS * days; i++) if (random() < part) return true;
      return false;
    };
    const percent = { unit: '%' };
    row({
      name: '10 % of plots missing, in a day',
      samples: share(missing(0.1, 1)),
      ...percent,
      against: goal(99),
    });
    row({
      name: '1 % of plots missing, in 7 days',
      samples: share(missing(0.01, 7)),
      ...percent,
      against: goal(95),
    });
    const found = (node: Simulated, days: number) => () => month(node, days, random).reduced;
    row({
      name: '70 % of every plot kept, in 7 days',
      samples: share(found({ kept: 0.7, up: 0.99 }, 7)),
      ...percent,
      against: goal(99),
    });
    row({
      name: '90 % of every plot kept, in 30 days',
      samples: share(found({ kept: 0.9, up: 0.99 }, 30)),
      ...percent,
      against: goal(99),
    });
    let checks = 0;
    let reduced = 0;
    const suspended = share(() => {
      const end = month({ kept: 1, up: 0.99 }, 30, random);
      checks += end.checks;
      if (end.reduced) reduced++;
      return end.far;
    });
    row({
      name: 'honest, up 99 %: suspended within 30 days',
      samples: suspended,
      ...percent,
      against: goal(0.1),
    });
    row({ name: 'honest, up 99 %: paid by a fraction', samples: [(reduced / runs) * 100], ...percent });
    row({ name: 'honest: checks a day, with those in doubt', samples: [checks / runs / 30], unit: 'checks' });
  },
};

function month({ kept, up }: Simulated, days: number, random: () => number) {
  const p = 1 - Math.exp(-kept);
  let pool: Tries = noTries;
  const end = { reduced: false, far: false, checks: 0 };
  for (let day = 0; day < days; day++) {
    const fresh = { tries: 0, proofs: 0 };
    const checks = isInDoubt(pool) ? CHECKS * DOUBT_FACTOR : CHECKS;
    end.checks += checks;
    for (let i = 0; i < checks; i++) {
      if (random() > up) continue;
      fresh.tries++;
      while (random() >= p) fresh.tries++;
      fresh.proofs++;
    }
    pool = pooled(pool, fresh, DAY);
    end.reduced ||= isReduced(pool);
    end.far ||= isFarBelow(pool);
  }
  return end;
}

/** Mulberry32: the same numbers in every run. */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
