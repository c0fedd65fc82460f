import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rulesets } from '#libs/ruleset';
import { noWrongs, playHistory } from '../bench/tally/histories.js';

/** In [0, 1), evenly and at both ends. */
const drawn = fc.integer({ min: 0, max: 2 ** 30 - 1 }).map((n) => n / 2 ** 30);

test.each(Object.entries(rulesets))(
  'under %s, through any history, what was promised never passes what was funded, and no unit is lost or made',
  (_, ruleset) => {
    let postings = 0;
    const history = fc.record({
      draws: fc.array(drawn, { minLength: 8, maxLength: 200, size: 'max' }),
      epochs: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(history, ({ draws, epochs }) => {
        let i = 0;
        const wrong = noWrongs();
        postings += playHistory(ruleset, () => draws[i++ % draws.length]!, epochs, wrong);
        expect(wrong).toEqual(noWrongs());
      }),
      { numRuns: 300 },
    );
    expect(postings).toBeGreaterThan(1000);
  },
);

test('money that a ruleset makes or loses is noticed', () => {
  const { apply } = rulesets['ruleset-1']!;
  const wrongs = (spoil: (outcome: ReturnType<typeof apply>) => void) => {
    const wrong = noWrongs();
    const spoilt = (facts: Parameters<typeof apply>[0]) => {
      const outcome = apply(facts);
      spoil(outcome);
      return outcome;
    };
    playHistory({ apply: spoilt }, () => 0.6, 3, wrong);
    return Object.entries(wrong).flatMap(([name, times]) => (times > 0 ? [name] : []));
  };
  expect(wrongs(() => {})).toEqual([]);
  expect(wrongs((outcome) => outcome.lines.pop())).toContain('unbalanced');
  expect(wrongs((outcome) => outcome.held.pop())).toEqual(['heldLost']);
  expect(wrongs((outcome) => (outcome.accrued += 10n ** 40n))).toContain('overFunded');
});
