import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '#libs/protocol';
import { isSame } from './is-same.js';

function agrees(a: unknown, b: unknown): void {
  expect(isSame(a, b)).toBe(canonicalText(a) === canonicalText(b));
}

test('two values are the same when their canonical texts are', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), agrees), { numRuns: 500 });
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom(0, -0, '0', null, [], {})),
      (a) => {
        agrees(a, Object.fromEntries(Object.entries(a).reverse()));
        agrees(a, { ...a, a: 0 });
        agrees(a, { ...a, b: undefined });
        agrees({ inside: [a] }, { inside: [structuredClone(a)] });
      },
    ),
    { numRuns: 500 },
  );
});
