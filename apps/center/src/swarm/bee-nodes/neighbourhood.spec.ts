import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proximity } from '#libs/swarm';
import { anchorNear, isNear } from './neighbourhood.js';

test('an anchor shares just the bits it must, and its neighbourhood answers for it', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(bytes, bytes, fc.nat(60), fc.nat(3), (own, random, bits, height) => {
      const anchor = anchorNear(own, bits, random);
      expect(proximity(anchor, own)).toBeGreaterThanOrEqual(bits);
      expect(isNear(own, anchor, bits + height, height)).toBe(true);
      // what is beyond them is the random bits and nothing of the overlay's
      expect(anchorNear(anchor, bits, random)).toEqual(anchor);
      expect(anchor.slice((bits >> 3) + 1)).toEqual(random.slice((bits >> 3) + 1));
    }),
  );
});
