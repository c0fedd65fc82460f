import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SystemEntropy } from '../../platform/entropy.js';
import { DueTimes } from './due-times.js';

test('everybody’s turn comes once in an interval on average, never twice within half of one, nobody is forgotten', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }), (nodes, most) => {
      const ids = Array.from({ length: nodes }, (_, i) => String(i));
      const times = new DueTimes(1000, new SystemEntropy());
      const last = new Map<string, number>();
      let turns = 0;
      for (let now = 0; now < 100_000; now += 50) {
        const due = times.due(ids, now, most);
        expect(due.length).toBeLessThanOrEqual(most);
        for (const id of due) {
          if (last.has(id)) expect(now - last.get(id)!).toBeGreaterThanOrEqual(500);
          last.set(id, now);
          turns++;
        }
      }
      expect(last.size).toBe(nodes);
      expect(turns / nodes).toBeGreaterThan(80);
      expect(turns / nodes).toBeLessThan(120);
    }),
    { numRuns: 5 },
  );
});

test('a limit of nothing lets nobody through, and nobody’s time is drawn anew by it', () => {
  const times = new DueTimes(1000, new SystemEntropy());
  expect(times.due(['a'], 0, 0)).toEqual([]);
  expect(times.due(['a'], 1000, -1)).toEqual([]);
  expect(times.due(['a'], 1000, 1)).toEqual(['a']);
});
