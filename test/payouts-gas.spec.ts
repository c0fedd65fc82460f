import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_TRANSACTION_GAS } from '#libs/settlement';
import { GasBench, type Measured, PAYEES, type TokenKind } from '../bench/gas/measure.js';

/**
 * Gas is exact, so these are ceilings of what was measured, not allowances: [first payment, repeat] a payee. The trees
 * are as deep as one over a million payees but hold the measured 512 alone; a full one (`npm run bench:gas`) differs by
 * the zero bytes that happen to be in its siblings: 12 gas in 13,217,469.
 */
const ceilings: Record<TokenKind, Record<'flat' | 'book', [number, number]>> = {
  openzeppelin: { flat: [25_816, 8_665], book: [25_516, 8_365] },
  solady: { flat: [25_697, 8_546], book: [25_397, 8_246] },
};

describe.each(Object.entries(ceilings) as [TokenKind, (typeof ceilings)[TokenKind]][])(
  'gas of %s',
  (kind, limits) => {
    let bench: GasBench;
    beforeAll(async () => {
      bench = await GasBench.start(kind);
    });
    afterAll(() => bench.stop());
    const perPayee = ({ first, repeat }: Measured) => [
      Math.ceil(first.gas / PAYEES),
      Math.ceil(repeat.gas / PAYEES),
    ];

    test.each(Object.entries(limits) as ['flat' | 'book', [number, number]][])(
      '%s',
      async (mode, [first, repeat]) => {
        const measured = await bench.push(mode, 1_000_000);
        const [firstGas, repeatGas] = perPayee(measured);
        expect(firstGas).toBeLessThanOrEqual(first);
        expect(repeatGas).toBeLessThanOrEqual(repeat);
        expect(BigInt(measured.first.gas)).toBeLessThan(MAX_TRANSACTION_GAS);
      },
    );
  },
);
