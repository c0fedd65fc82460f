import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayIssue, type OpenCheque, uncashedSum } from './cover.js';
import { isSignedByIssuer, issueCheque, parseCheque, renderCheque } from './signed-cheque.js';

const key = new Uint8Array(32).fill(7);
const address = (byte: number): string => `0x${byte.toString(16).padStart(2, '0').repeat(20)}`;
const terms = {
  chainId: 31_337,
  chequebook: address(1),
  token: address(2),
  beneficiary: address(3),
  cumulativePayout: 123_456_789_012_345_678_901n,
};

describe('the text of a cheque', () => {
  const cheque = issueCheque(terms, key);
  const fields = JSON.parse(renderCheque(cheque)) as Record<string, unknown>;
  const changed = (change: Record<string, unknown>) => () =>
    parseCheque(JSON.stringify({ ...fields, ...change }));

  test('is read as it was written, and says who signed it', () => {
    expect(parseCheque(renderCheque(cheque))).toEqual(cheque);
    expect(isSignedByIssuer(cheque)).toBe(true);
  });

  test.each([
    { cumulativePayout: '123456789012345678902' },
    { chequebook: address(9) },
    { beneficiary: address(9) },
    { issuer: address(9) },
    { chainId: 1 },
    { signature: `0x${'11'.repeat(65)}` },
  ])('changed anywhere it is not signed any more: %o', (change) => {
    expect(changed(change)).toThrow(expect.objectContaining({ code: 'cheque_not_signed' }));
  });

  test.each([
    { format: 'croft-cheque/2' },
    { cumulativePayout: 5 },
    { cumulativePayout: '-5' },
    { cumulativePayout: '9'.repeat(78) },
    { chainId: 1.5 },
    { chainId: '1' },
    { chainId: 0 },
    { chequebook: '0x12' },
    { token: null },
    { issuer: `${address(1)}00` },
    { beneficiary: address(1).slice(2) },
    { signature: '0x' },
  ])('malformed: %o', (change) => {
    expect(changed(change)).toThrow(expect.objectContaining({ code: 'cheque_malformed' }));
  });

  test('any other text is refused by name', () => {
    for (const text of ['', 'null', '[]', '7', '{', 'x'.repeat(5000)])
      expect(() => parseCheque(text)).toThrow(expect.objectContaining({ code: 'cheque_malformed' }));
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseCheque(text)).toThrow(expect.objectContaining({ name: 'ChequeError' }));
      }),
    );
  });

  test('terms that are no cheque are not signed', () => {
    for (const bad of [
      { chainId: 0 },
      { beneficiary: 'x' },
      { cumulativePayout: -1n },
      { cumulativePayout: 1n << 256n },
    ])
      expect(() => issueCheque({ ...terms, ...bad }, key)).toThrow(
        expect.objectContaining({ code: 'cheque_malformed' }),
      );
  });
});

describe('cover', () => {
  const open = (cumulativePayout: bigint, paidOut: bigint): OpenCheque => ({ cumulativePayout, paidOut });

  test('a cheque is issued as long as everything uncashed is covered, to the unit', () => {
    const others = [open(100n, 40n), open(5n, 5n)];
    expect(mayIssue(open(50n, 10n), open(30n, 10n), others, 100n)).toBe(100n);
    expect(() => mayIssue(open(51n, 10n), open(30n, 10n), others, 100n)).toThrow(
      expect.objectContaining({
        code: 'cheque_uncovered',
        details: { uncashed: '101', liquidBalance: '100' },
      }),
    );
  });

  test('a cheque never falls', () => {
    expect(() => mayIssue(open(29n, 0n), open(30n, 0n), [], 100n)).toThrow(
      expect.objectContaining({ code: 'cheque_falls' }),
    );
    expect(mayIssue(open(30n, 0n), open(30n, 0n), [], 100n)).toBe(30n);
  });

  test('whatever is issued and cashed in whatever order, every cheque can be cashed', () => {
    const step = fc.record({ who: fc.nat(3), amount: fc.bigInt(0n, 40n), cash: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let balance = 100n;
        const cheques = Array.from({ length: 4 }, () => open(0n, 0n));
        for (const { who, amount, cash } of steps) {
          const before = cheques[who]!;
          if (cash) {
            balance -= before.cumulativePayout - before.paidOut;
            cheques[who] = open(before.cumulativePayout, before.cumulativePayout);
          } else {
            const next = open(before.cumulativePayout + amount, before.paidOut);
            try {
              mayIssue(
                next,
                before,
                cheques.filter((_, i) => i !== who),
                balance,
              );
            } catch {
              continue;
            }
            cheques[who] = next;
          }
          expect(uncashedSum(cheques)).toBeLessThanOrEqual(balance);
        }
      }),
    );
  });
});
