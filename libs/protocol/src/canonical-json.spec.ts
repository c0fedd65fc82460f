import canonicalizeJson from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from './index.js';

// canonicalize ships a CommonJS default export that NodeNext types as a namespace
const canonicalize = canonicalizeJson as unknown as (value: unknown) => string | undefined;

test('is the text of another implementation, whatever the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(canonicalText(value)).toBe(canonicalize(value));
    }),
    { numRuns: 1000 },
  );
});

test('reads back as what it was, and does not depend on the order of names', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = canonicalText(value)!;
      // a number may be -0, which JSON writes as 0
      expect(canonicalText(JSON.parse(text))).toBe(text);
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalText(turned)).toBe(text);
    }),
  );
});

test('the example of RFC 8785, appendix A', () => {
  const value = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  );
  expect(canonicalText(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('what JSON has no word for is left out of objects, null in lists, and refused as a number', () => {
  expect(canonicalText({ b: undefined, a: [undefined, () => 1] })).toBe('{"a":[null,null]}');
  expect(canonicalText(undefined)).toBeUndefined();
  expect(canonicalText({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  for (const number of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => canonicalText({ number })).toThrow(TypeError);
  }
  expect(() => canonicalText(1n)).toThrow(TypeError);
});
