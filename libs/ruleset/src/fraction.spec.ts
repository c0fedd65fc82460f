import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fractionOf, isFarBelow, isInDoubt, isReduced, pooled, type Tries } from './index.js';

/** What a node that keeps `fraction` comes to after many checks, without chance. */
const expected = (fraction: number, proofs: number): Tries => ({
  proofs,
  tries: Math.round(proofs / (1 - Math.exp(-fraction))),
});

describe('the effective fraction', () => {
  test('is what was kept, to a part in a thousand', () => {
    for (const fraction of [0.05, 0.3, 0.5, 0.7, 0.9, 0.99]) {
      expect(Math.abs(fractionOf(expected(fraction, 100_000)).bps - fraction * 10_000)).toBeLessThan(10);
    }
    expect(fractionOf({ proofs: 50, tries: 50 }).bps).toBe(10_000);
    expect(fractionOf({ proofs: 0, tries: 0 })).toEqual({
      bps: 10_000,
      lowBps: 0,
      highBps: 10_000,
      reduced: false,
    });
  });

  test('its interval is Wilson’s, as doubles have it', () => {
    const triesOf = fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.nat(100_000));
    fc.assert(
      fc.property(triesOf, ([proofs, more]) => {
        const tries = proofs + more;
        const p = proofs / tries;
        const z = 1.96;
        const root = z * Math.sqrt((p * (1 - p)) / tries + (z * z) / (4 * tries * tries));
        const ends = [-1, 1].map((side) => {
          const end = (p + (z * z) / (2 * tries) + side * root) / (1 + (z * z) / tries);
          return Math.min(10_000, -Math.log(1 - Math.min(end, 0.999)) * 10_000);
        });
        const { lowBps, bps, highBps } = fractionOf({ proofs, tries });
        expect(Math.abs(lowBps - ends[0]!)).toBeLessThan(2);
        expect(Math.abs(highBps - ends[1]!)).toBeLessThan(2);
        expect(lowBps <= bps && bps <= highBps).toBe(true);
      }),
    );
  });

  test('a little evidence reduces nobody; much evidence reduces only who is below', () => {
    expect(isReduced(expected(0.2, 40))).toBe(false);
    expect(isReduced(expected(0.7, 336))).toBe(true);
    expect(isReduced(expected(0.9, 8000))).toBe(true);
    expect(isReduced(expected(0.96, 10_000_000))).toBe(false);
    expect(isReduced(expected(1, 10_000_000))).toBe(false);
    expect(isInDoubt(expected(0.9, 480))).toBe(true);
    expect(isFarBelow(expected(0.9, 1440))).toBe(false);
    expect(isFarBelow(expected(0.5, 1000))).toBe(true);
  });

  test('pools fade with a memory of sixty days', () => {
    const day = 86_400;
    let pool: Tries = { tries: 0, proofs: 0 };
    for (let i = 0; i < 1000; i++) pool = pooled(pool, { tries: 76, proofs: 48 }, day);
    expect(pool.proofs).toBeGreaterThan(48 * 55);
    expect(pool.proofs).toBeLessThan(48 * 62);
    expect(pooled({ tries: 10, proofs: 5 }, { tries: 1, proofs: 1 }, 10 ** 9)).toEqual({
      tries: 1,
      proofs: 1,
    });
  });
});
