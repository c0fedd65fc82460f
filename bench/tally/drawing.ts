import { createHash } from 'node:crypto';
import { isDue, lotOf, thresholdOf } from '#libs/protocol';
import type { Section } from '../frame/section.js';

const PLOTS = 1_000_000;
const rate = { checksPerPlotPerDay: 2, nodeChecksPerDay: 48, roundSeconds: 600 };

/** Who of a million plots is due in a round. */
export const drawing: Section = {
  title: 'The due list of a million plots, one thread',
  run({ row }) {
    const ids = Array.from({ length: PLOTS }, (_, i) => createHash('sha256').update(String(i)).digest());
    const threshold = thresholdOf(100, rate);
    let due = 0;
    const samples = Array.from({ length: 3 }, (_, round) => {
      const beacon = createHash('sha256').update(`beacon ${round}`).digest();
      const started = performance.now();
      due = ids.reduce((sum, id) => (isDue(lotOf(id, beacon), threshold) ? sum + 1 : sum), 0);
      return performance.now() - started;
    });
    row({ name: 'drawn', samples, unit: 'ms', against: { name: 'the goal', value: 250 } });
    row({ name: 'due in one round', samples: [due], unit: 'plots' });
  },
};
