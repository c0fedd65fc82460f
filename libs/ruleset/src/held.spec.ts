import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideHeld, holdingTimes } from './held.js';
import type { HeldFacts, HeldTime } from './index.js';

const DAY = 86_400_000;
/** A proof vouches for three days at most; 30 days without one are too many. */
const retention = { retentionSeconds: 20 * 86_400, checksPerPlotPerDay: 2, roundSeconds: 600 };

const part = (more: Partial<HeldFacts> = {}): HeldFacts => ({
  plotId: 'p',
  account: 'a',
  amount: 7n,
  before: { keptMs: 0, provedAt: 0, missed: 0 },
  vouched: [],
  loss: 'none',
  ...more,
});

/** Days 0, 1, 2 …, with proofs on some of them, each day an epoch; what became of the part, and when. */
function fate(
  provedOn: (day: number) => boolean,
  more: (day: number) => Partial<HeldFacts> = () => ({}),
  askedADay = 2,
) {
  let before: HeldTime = { keptMs: 0, provedAt: 0, missed: 0 };
  for (let day = 1; day <= 400; day++) {
    const proofs: Record<string, number[]> = provedOn(day) ? { p: [day * DAY - DAY / 2] } : {};
    const held = [part({ before, ...more(day) })];
    const missed = { p: proofs.p ? 0 : askedADay };
    const outcome = decideHeld({ held, proofs, missed, retention, endsAtMs: day * DAY });
    if (outcome.maturing.length > 0) return ['release', day];
    if (outcome.forfeited.length > 0) return ['forfeit', day];
    before = outcome.held[0]!;
  }
  return ['hold', 400];
}

test('the times follow from how often a plot is asked', () => {
  expect(holdingTimes(retention)).toEqual({
    retentionMs: 20 * DAY,
    longestGapMs: 3 * DAY,
    absentMs: 30 * DAY,
  });
  // no more often than there are rounds
  expect(holdingTimes({ retentionSeconds: 120, checksPerPlotPerDay: 100_000, roundSeconds: 10 })).toEqual({
    retentionMs: 120_000,
    longestGapMs: 60_000,
    absentMs: 600_000,
  });
});

test('a plot that is proved every day, or every third, matures when its retention time is over', () => {
  expect(fate(() => true)).toEqual(['release', 21]);
  expect(fate((day) => day % 3 === 0)).toEqual(['release', 21]);
});

test('a plot whose node goes away is never released, and forfeited in the end', () => {
  expect(fate(() => false)).toEqual(['forfeit', 31]);
  expect(fate((day) => day <= 19)).toEqual(['forfeit', 49]);
});

test('while the center asks nobody, nobody is absent', () => {
  const closed = (day: number) => day > 10 && day < 300;
  expect(fate((day) => !closed(day), undefined, 0)).toEqual(['release', 308]);
});

test('who was away for ten days waits longer, and loses nothing', () => {
  expect(fate((day) => day <= 5 || day > 15)).toEqual(['release', 29]);
});

test('who has passed the plot on does not answer for its new keeper; nor who is excused', () => {
  const passedOn = (day: number) => ({ vouched: day > 5 ? [[(day - 1) * DAY, day * DAY] as const] : [] });
  expect(fate((day) => day <= 5, passedOn)).toEqual(['release', 20]);
});

test('an open loss waits, a final one forfeits at once', () => {
  expect(
    fate(
      () => true,
      () => ({ loss: 'open' }),
    ),
  ).toEqual(['hold', 400]);
  expect(
    fate(
      () => true,
      (day) => ({ loss: day < 9 ? 'open' : 'final' }),
    ),
  ).toEqual(['forfeit', 9]);
});

test('kept time never passes the time there was, nor what proofs vouch for, however epochs are cut', () => {
  const moments = fc.array(fc.integer({ min: 1, max: 60 * DAY }), { maxLength: 30 });
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 59 * DAY }), (proved, cut) => {
      const sorted = [...proved].sort((a, b) => a - b);
      const forEver = { ...retention, retentionSeconds: 1000 * 86_400 };
      const at = (before: HeldTime, proofs: number[], endsAtMs: number) =>
        decideHeld({
          held: [part({ before })],
          proofs: { p: proofs },
          missed: {},
          retention: forEver,
          endsAtMs,
        }).held[0]!;
      const start = { keptMs: 0, provedAt: 0, missed: 0 };
      const whole = at(start, sorted, 60 * DAY);
      const first = at(
        start,
        sorted.filter((moment) => moment <= cut),
        cut,
      );
      const second = at(
        first,
        sorted.filter((moment) => moment > cut),
        60 * DAY,
      );
      expect(second).toEqual(whole);
      expect(whole.keptMs).toBeLessThanOrEqual(sorted.at(-1) ?? 0);
      expect(whole.keptMs).toBeLessThanOrEqual(3 * DAY * sorted.length);
    }),
  );
});
