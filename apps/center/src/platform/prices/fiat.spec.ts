import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountForShare, centsText, shareBps, valueInCents } from './fiat.js';
import { readPriceTable } from './price-source.js';

const price = fc.tuple(fc.bigInt(1n, 10n ** 9n), fc.nat(6)).map(([digits, places]) => {
  const text = String(digits).padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
});

describe('prices', () => {
  test('value of an amount, rounded half up', () => {
    expect(centsText(valueInCents(1_500_000_000_000_000_000n, 18, '0.42'))).toBe('0.63');
    expect(centsText(valueInCents(5n, 3, '1'))).toBe('0.01');
    expect(centsText(valueInCents(4n, 3, '1'))).toBe('0.00');
    expect(centsText(valueInCents(10n ** 24n, 18, '123456.789'))).toBe('123456789000.00');
  });

  test('the amount that a share needs is the smallest one that keeps it', () => {
    const gen = fc.record({
      fee: fc.bigInt(1n, 10n ** 18n),
      coin: price,
      token: price,
      decimals: fc.integer({ min: 0, max: 24 }),
      bps: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(gen, ({ fee, coin, token, decimals, bps }) => {
        const part = { amount: fee, decimals: 18, price: coin };
        const least = amountForShare(part, { decimals, price: token }, bps)!;
        expect(shareBps(part, { amount: least, decimals, price: token })! <= BigInt(bps)).toBe(true);
        if (least > 1n)
          expect(shareBps(part, { amount: least - 1n, decimals, price: token })! > BigInt(bps)).toBe(true);
      }),
    );
  });

  test('nothing is a share of what is worth nothing', () => {
    const fee = { amount: 1n, decimals: 18, price: '1' };
    expect(shareBps(fee, { amount: 5n, decimals: 18, price: '0' })).toBeNull();
    expect(amountForShare(fee, { decimals: 18, price: '0' }, 100)).toBeNull();
  });

  test('a table of another form is refused', () => {
    const token = '0xABCDEFabcdefABCDEFabcdefABCDEFabcdefABCD';
    const good = { currency: 'EUR', prices: { '1': '3000.5', [`1:${token}`]: '0.42' } };
    expect(readPriceTable(JSON.stringify(good)).prices[`1:${token.toLowerCase()}`]).toBe('0.42');
    for (const bad of [
      {},
      { ...good, prices: { '1': 3000 } },
      { ...good, prices: { '1': '-1' } },
      { currency: 'EUR' },
    ])
      expect(() => readPriceTable(JSON.stringify(bad))).toThrow();
    expect(() => readPriceTable('no JSON')).toThrow();
  });
});
