import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactAmount, parseAmount, plainAmount, shortAmount } from './money.js';
import { formatBps, formatBytes, parseBytes, shorten } from './quantities.js';
import { countdown, duration, lastDays, relativeTime } from './time.js';

test.each([
  ['0', '0'],
  ['1000000000000000000', '1'],
  ['1234567891234567891234', '1,234.5678'],
  ['4200000000000000', '0.0042'],
  ['1234567', '<0.00000001'],
  ['12345678912345', '0.00001234'],
  ['999999999999999999', '0.9999'],
])('%s base units are shown as %s', (units, text) => {
  expect(shortAmount(units, 18, 'en')).toBe(text);
});

test('an exact amount has every digit, also beyond what a float can hold', () => {
  expect(exactAmount('123456789012345678901234567890', 18, 'en')).toBe('123,456,789,012.34567890123456789');
  expect(exactAmount('5', 0, 'en')).toBe('5');
  expect(exactAmount('1500000', 6, 'de')).toBe('1,5');
});

test('a shown amount is never more than there is', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 40n), fc.nat(24), (units, decimals) => {
      const text = shortAmount(units, decimals, 'en').replaceAll(',', '');
      const shown = text.startsWith('<') ? 0n : parseAmount(text, decimals);
      expect(shown !== null && shown <= units).toBe(true);
    }),
  );
});

test('what was typed is what is meant', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 40n), fc.nat(24), (units, decimals) => {
      expect(parseAmount(plainAmount(units, decimals), decimals)).toBe(units);
    }),
  );
  for (const text of ['', '.5', '1.', '1e3', '-1', '1,5', '0.1234567'])
    expect(parseAmount(text, 6)).toBeNull();
});

test('sizes and parts', () => {
  expect(formatBytes(0, 'en')).toBe('0 B');
  expect(formatBytes(4_849_664, 'en')).toBe('4.85 MB');
  expect(formatBytes(999_999, 'en')).toBe('1 MB');
  expect(formatBps(9450, 'en')).toBe('94.5%');
  expect(shorten(`0x${'ab'.repeat(32)}`)).toBe('0xababab…ababab');
});

test('times', () => {
  expect(relativeTime(0, 59_999, 'en')).toBe('59 seconds ago');
  expect(relativeTime(0, 7_300_000, 'en')).toBe('2 hours ago');
  expect(relativeTime(0, 0, 'en')).toBe('0 seconds ago');
  expect(duration(60_000, 'en')).toBe('60 sec');
  expect(duration(3_900_000, 'en')).toBe('1 hr 5 min');
  expect(countdown(61_000)).toBe('1:01');
  expect(countdown(-5)).toBe('0:00');
  expect(lastDays(2, Date.UTC(2026, 2, 1))).toEqual(['2026-02-28', '2026-03-01']);
});

test('sizes are read as people write them', () => {
  expect(parseBytes('500MB')).toBe(500e6);
  expect(parseBytes(' 1.5 gib ')).toBe(1.5 * 2 ** 30);
  expect(parseBytes('4096')).toBe(4096);
  for (const none of ['', '0', 'GB', '5 XB', '-1GB', '5ib', '99999PB'])
    expect(parseBytes(none), none).toBe(null);
});
