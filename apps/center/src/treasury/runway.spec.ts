import { expect, test } from 'vitest';
import { fundsAlert, paceEpochs, pacePerDay, runwayDays } from './runway.js';

const epochs = (...accrued: bigint[]) =>
  accrued.map((amount, epochIndex) => ({ epochIndex, accrued: amount }));

test('the pace is the average over the time that the epochs took, idle ones too', () => {
  expect(pacePerDay([], 86_400)).toBeNull();
  expect(pacePerDay(epochs(10n, 20n, 0n), 86_400)).toBe(10n);
  expect(pacePerDay(epochs(10n, 20n), 3600)).toBe(30n);
  expect(pacePerDay(epochs(...Array.from({ length: 48 }, () => 1n)), 3600)).toBe(24n);
  expect(
    pacePerDay(
      [
        { epochIndex: 4, accrued: 6n },
        { epochIndex: 9, accrued: 6n },
      ],
      86_400,
    ),
  ).toBe(2n);
  expect(paceEpochs(86_400)).toBe(7);
  expect(paceEpochs(3600)).toBe(168);
  expect(paceEpochs(30 * 86_400)).toBe(1);
});

test('days are rounded down; what spends nothing lasts, and how long is unknown', () => {
  expect(runwayDays(100n, 30n)).toBe(3.3);
  expect(runwayDays(0n, 30n)).toBe(0);
  expect(runwayDays(100n, 0n)).toBeNull();
  expect(runwayDays(100n, null)).toBeNull();
});

test('alerts at 14, 7 and 2 days, one at a time', () => {
  const at = (days: number) => fundsAlert(1n, days, true, 100);
  expect([14.1, 14, 7, 2, 0.1].map(at)).toEqual([
    null,
    'funds_for_14_days',
    'funds_for_7_days',
    'funds_for_2_days',
    'funds_for_2_days',
  ]);
  expect(fundsAlert(0n, 0, true, 100)).toBe('funds_exhausted');
  expect(fundsAlert(0n, null, false, 100)).toBeNull();
  expect(fundsAlert(5n, 1.5, true, 1.4)).toBeNull();
  expect(fundsAlert(0n, 0, true, 0)).toBeNull();
});
