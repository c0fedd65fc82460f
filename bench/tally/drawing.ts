import { createHash } from 'node:crypto';
import { isDue, Lots, lotOf, thresholdOf } from '#libs/protocol';
import type { Section } from '../frame/section.js';

const PLOTS = 1_000_000;
const ROUNDS = 9;
const rate = { checksPerPlotPerDay: 2, nodeChecksPerDay: 48, roundSeconds: 600 };
const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Who of a million plots is due in a round. */
export const drawing: Section = {
  title: 'The due list of a million plots, one thread',
  run({ row }) {
    const ids = Array.from({ length: PLOTS }, (_, i) => sha256(String(i)));
    const threshold = thresholdOf(100, rate);
    const lots = new Lots('plots');
    const packing = performance.now();
    for (const [place, id] of ids.entries()) lots.put(place, id);
    row({ name: 'plots put into the kernel, once', samples: [performance.now() - packing], unit: 'ms' });
    let due: number[] = [];
    const samples = Array.from({ length: ROUNDS }, (_, round) => {
      const started = performance.now();
      const drawn = lots.draw(sha256(`beacon ${round}`), PLOTS);
      due = [];
      for (let place = 0; place < PLOTS; place++) if (drawn[place]! < threshold) due.push(place);
      return performance.now() - started;
    });
    row({ name: 'drawn', samples, unit: 'ms', against: { name: 'the goal', value: 250 } });
    const beacon = sha256(`beacon ${ROUNDS - 1}`);
    const started = performance.now();
    const oneByOne = ids.flatMap((id, place) => (isDue(lotOf(id, beacon), threshold) ? [place] : []));
    row({ name: 'drawn one by one in JavaScript', samples: [performance.now() - started], unit: 'ms' });
    row({ name: 'due in one round', samples: [due.length], unit: 'plots', wanted: oneByOne.length });
    const differing = due.filter((place, i) => place !== oneByOne[i]).length;
    row({ name: 'other plots than one by one', samples: [differing], unit: 'plots', wanted: 0 });
  },
};
