import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSize, parseSize } from './sizes.js';

test('sizes as people write them', () => {
  expect(parseSize('0')).toBe(0);
  expect(parseSize('2TB')).toBe(2e12);
  expect(parseSize('2t')).toBe(2e12);
  expect(parseSize(' 1.5 tb ')).toBe(1.5e12);
  expect(parseSize('500GiB')).toBe(500 * 2 ** 30);
  expect(parseSize('64MiB')).toBe(64 * 2 ** 20);
  expect(parseSize('4096')).toBe(4096);
});

test('what is not a size is null, never a throw', () => {
  for (const text of ['', 'TB', '-1GB', '2XB', '1e3', '2 T B', '5iB', '0x10', 'NaN', '99999999PB', '1.']) {
    expect(parseSize(text), text).toBeNull();
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = parseSize(text);
      expect(bytes === null || (Number.isSafeInteger(bytes) && bytes >= 0)).toBe(true);
    }),
  );
});

test('sizes for people', () => {
  expect(formatSize(0)).toBe('0 B');
  expect(formatSize(2e12)).toBe('2 TB');
  expect(formatSize(108_828_428_322)).toBe('108.8 GB');
  expect(formatSize(999_999)).toBe('1.0 MB');
});
