import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEAST_WEIGHT_PPM, type NetworkMeasures, networkWeightPpm, unmeasured } from './network-weight.js';

const best: NetworkMeasures = {
  pings: 400,
  lost: 0,
  roundTripUs: 20_000,
  answerMs: 900,
  downBytesPerSecond: 10_000_000,
  upBytesPerSecond: 2_000_000,
};
const worst: NetworkMeasures = {
  pings: 400,
  lost: 400,
  roundTripUs: null,
  answerMs: 20_000,
  downBytesPerSecond: 0,
  upBytesPerSecond: 0,
};
const count = fc.oneof(fc.nat(3_000_000), fc.maxSafeNat());
const known: fc.Arbitrary<NetworkMeasures> = fc
  .record({
    pings: count,
    lost: count,
    roundTripUs: fc.option(count),
    answerMs: fc.option(count),
    downBytesPerSecond: fc.option(count),
    upBytesPerSecond: fc.option(count),
  })
  .map((measures) => ({ ...measures, lost: Math.min(measures.lost, measures.pings) }));

describe('the network weight', () => {
  test('a good connection has the whole weight, a bad one the least', () => {
    expect(networkWeightPpm(best)).toBe(1_000_000);
    expect(networkWeightPpm(worst)).toBe(LEAST_WEIGHT_PPM);
  });

  test('what is unknown neither helps nor harms', () => {
    expect(networkWeightPpm(unmeasured)).toBe(1_000_000);
    expect(networkWeightPpm({ ...unmeasured, answerMs: 20_000 })).toBe(LEAST_WEIGHT_PPM);
    // 0 is known, and not the same
    expect(networkWeightPpm({ ...best, upBytesPerSecond: null })).toBe(1_000_000);
    expect(networkWeightPpm({ ...best, upBytesPerSecond: 0 })).toBe(980_000);
  });

  test('shares: loss and answers 3 each of 10, round trip 2, each direction 1', () => {
    expect(networkWeightPpm({ ...best, lost: 400 })).toBe(940_000);
    expect(networkWeightPpm({ ...best, answerMs: 12_500 })).toBe(970_000);
    expect(networkWeightPpm({ ...best, roundTripUs: 2_000_000 })).toBe(960_000);
    expect(networkWeightPpm({ ...best, downBytesPerSecond: 32_768 })).toBe(980_000);
  });

  test('a few pings say nothing of loss', () => {
    expect(networkWeightPpm({ ...unmeasured, pings: 7, lost: 7 })).toBe(1_000_000);
    expect(networkWeightPpm({ ...unmeasured, pings: 8, lost: 8 })).toBe(LEAST_WEIGHT_PPM);
  });

  test('is an integer from 800000 to 1000000, whatever was measured', () => {
    fc.assert(
      fc.property(known, (measures) => {
        const weight = networkWeightPpm(measures);
        expect(Number.isSafeInteger(weight)).toBe(true);
        expect(weight).toBeGreaterThanOrEqual(LEAST_WEIGHT_PPM);
        expect(weight).toBeLessThanOrEqual(1_000_000);
      }),
    );
  });

  test('never falls when a measure gets better', () => {
    fc.assert(
      fc.property(known, fc.nat(5), count, (measures, which, by) => {
        const better = (value: number | null) => (value === null ? null : Math.max(0, value - by));
        const more = (value: number | null) =>
          value === null ? null : Math.min(Number.MAX_SAFE_INTEGER, value + by);
        const improved: NetworkMeasures = [
          { ...measures, lost: better(measures.lost)! },
          { ...measures, roundTripUs: better(measures.roundTripUs) },
          { ...measures, answerMs: better(measures.answerMs) },
          { ...measures, downBytesPerSecond: more(measures.downBytesPerSecond) },
          { ...measures, upBytesPerSecond: more(measures.upBytesPerSecond) },
          measures,
        ][which]!;
        expect(networkWeightPpm(improved)).toBeGreaterThanOrEqual(networkWeightPpm(measures));
      }),
      { numRuns: 500 },
    );
  });
});
