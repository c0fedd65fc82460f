import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OpenCheque, uncashedSum } from './cover.js';
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

test('what could still be taken is what newest cheques say beyond what was cashed', () => {
  const open = (cumulativePayout: bigint, paidOut: bigint): OpenCheque => ({ cumulativePayout, paidOut });
  expect(uncashedSum([open(100n, 40n), open(5n, 5n), open(3n, 7n)])).toBe(60n);
  expect(uncashedSum([])).toBe(0n);
});
