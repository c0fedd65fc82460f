import { expect, test } from 'vitest';
import { poissonInterval } from './poisson.js';

// Garwood's table as reprinted in the Biometrika Tables for Statisticians, vol. 1, table 40.
test.each([
  [0, 0.95, 0, 3.69],
  [1, 0.95, 0.0253, 5.57],
  [2, 0.95, 0.242, 7.22],
  [5, 0.95, 1.62, 11.67],
  [10, 0.95, 4.8, 18.39],
  [30, 0.95, 20.24, 42.83],
  [10, 0.99, 3.72, 21.4],
])('%s seen, %s sure: the mean is from %s to %s', (count, confidence, low, high) => {
  const interval = poissonInterval(count, confidence);
  expect(interval.low).toBeCloseTo(low, 1);
  expect(interval.high).toBeCloseTo(high, 1);
});

test('large counts: about a normal distribution', () => {
  const { low, high } = poissonInterval(1_000_000, 0.95);
  expect(low).toBeGreaterThan(998_030);
  expect(low).toBeLessThan(998_060);
  expect(high).toBeGreaterThan(1_001_950);
  expect(high).toBeLessThan(1_001_970);
});
