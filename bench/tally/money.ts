import { rulesets } from '#libs/ruleset';
import type { Section } from '../frame/section.js';
import { uniform } from './detection.js';
import { noWrongs, playHistory } from './histories.js';

const SEED = 20_261_124;
const EPOCHS = 3;

/** Random histories through the ruleset: every unit that was funded is somewhere, and only once. */
export const money: Section = {
  title: `Money: random histories of ${EPOCHS} epochs (seed ${SEED})`,
  run({ large, row }) {
    const histories = large ? 1_000_000 : 100_000;
    for (const [id, ruleset] of Object.entries(rulesets)) {
      const random = uniform(SEED);
      const wrong = noWrongs();
      let postings = 0;
      const started = performance.now();
      for (let i = 0; i < histories; i++) postings += playHistory(ruleset, random, EPOCHS, wrong);
      const seconds = (performance.now() - started) / 1000;
      const none = (name: string, sample: number) => row({ name, samples: [sample], unit: '', wanted: 0 });
      row({ name: `histories under ${id}`, samples: [histories], unit: '' });
      row({ name: 'postings', samples: [postings], unit: '' });
      row({ name: 'taken', samples: [seconds], unit: 's' });
      none('books that do not sum to what was funded', wrong.unbalanced);
      none('promised beyond what was funded', wrong.overFunded);
      none('negative lines', wrong.negative);
      none('held parts lost or made', wrong.heldLost);
    }
  },
};
