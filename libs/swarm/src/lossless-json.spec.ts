import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LosslessJson, parseLossless, stringifyLossless } from './index.js';

test('whole numbers beyond 2^53 keep every digit; all else is as JSON.parse reads it', () => {
  const text =
    '{"a":18446744073709551615,"b":[-9007199254740993,1.5e3,0],"9007199254740993":"9007199254740993"}';
  expect(parseLossless(text)).toEqual({
    a: 18446744073709551615n,
    b: [-9007199254740993n, 1500, 0],
    '9007199254740993': '9007199254740993',
  });
  expect(parseLossless('9007199254740991')).toBe(9007199254740991);
  expect(parseLossless('9007199254740992')).toBe(9007199254740992n);
  expect(parseLossless('["\\"9007199254740993", "\\\\", 9007199254740993]')).toEqual([
    '"9007199254740993',
    '\\',
    9007199254740993n,
  ]);
});

test('what is no JSON is refused', () => {
  for (const text of ['', '{', '00009007199254740993', '9007199254740993x', '.9007199254740993', '"', '[1,]'])
    expect(() => parseLossless(text)).toThrow(
      expect.objectContaining({ name: 'SwarmError', code: 'json-invalid' }),
    );
});

test('texts made to take long, or to nest deep, are refused soon', () => {
  const started = performance.now();
  const texts = [
    `"${'\\"'.repeat(32_000)}`,
    '['.repeat(64_000),
    '{"a":'.repeat(13_000),
    `"a"${' '.repeat(64_000)}`.repeat(2),
  ];
  for (const text of texts)
    expect(() => parseLossless(text)).toThrow(expect.objectContaining({ code: 'json-invalid' }));
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('what is written is read back the same, strings that look like marks included', () => {
  const { tree } = fc.letrec<{ tree: LosslessJson }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
      fc.bigInt().filter((value) => !Number.isSafeInteger(Number(value))),
      fc.string({ unit: fc.constantFrom('\0', 'n', 's', '1', '9', '"', '\\', ':', ' ', 'u', 'é') }),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: fc.constantFrom('\0', 'n', '1', '"', ':') }), tie('tree'), {
        maxKeys: 4,
      }),
    ),
  }));
  fc.assert(
    fc.property(
      tree.filter((value) => !hasLargeDouble(value)),
      (value) => {
        expect(parseLossless(stringifyLossless(value))).toEqual(value);
      },
    ),
    { numRuns: 300 },
  );
});

/** A whole double beyond 2^53 is written as digits, and read as the bigint that it is. */
function hasLargeDouble(value: LosslessJson): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLargeDouble);
}
