import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDue, lotOf } from '#libs/protocol';
import { DuePlots } from './due-plots.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const candidate = (n: number, threshold: number) => ({
  plot: { id: `row ${n}`, plotId: sha256(`plot ${n}`).toString('hex') },
  threshold,
});

test('who is due in round after round is who is due by the definition, while plots come and go', () => {
  const threshold = fc.oneof(fc.constantFrom(0, 2 ** 32), fc.integer({ min: 0, max: 2 ** 32 }));
  const rounds = fc.array(fc.dictionary(fc.nat(60).map(String), threshold), { maxLength: 8 });
  fc.assert(
    fc.property(rounds, (kept) => {
      const due = new DuePlots();
      for (const [round, plots] of kept.entries()) {
        const candidates = Object.entries(plots).map(([n, limit]) => candidate(Number(n), limit));
        const beacon = sha256(`round ${round}`);
        const must = candidates.filter(({ plot, threshold: limit }) =>
          isDue(lotOf(Buffer.from(plot.plotId, 'hex'), beacon), limit),
        );
        expect(due.of(candidates, beacon)).toEqual(must);
      }
    }),
  );
});

test('what most plots have left is packed anew', () => {
  const due = new DuePlots();
  const all = Array.from({ length: 3000 }, (_, n) => candidate(n, 2 ** 32));
  const beacon = sha256('a round');
  expect(due.of(all, beacon).length).toBe(3000);
  expect(due.of(all.slice(2900), beacon)).toEqual(all.slice(2900));
  expect(due.of([], beacon)).toEqual([]);
  expect(due.of(all, beacon).length).toBe(3000);
});
