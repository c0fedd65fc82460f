import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Part, shareOut } from './cash-parts.js';
import { dueCheques, sumOf, type TreePayee } from './due-cheques.js';

const never = () => false;

describe('what is due by cheque', () => {
  test('accounts that share an address share a cheque; who waits is left out, and counted', () => {
    const payees = [
      { accountId: 'a', address: '0xA', released: 10n },
      { accountId: 'b', address: '0xA', released: 7n },
      { accountId: 'c', address: '0xC', released: 3n },
      { accountId: 'd', address: '0xD', released: 5n },
    ];
    const inCheques = new Map([
      ['a', 4n],
      ['d', 5n],
    ]);
    expect(dueCheques(payees, inCheques, (_, amount) => amount < 4n)).toEqual({
      due: [
        {
          beneficiary: '0xA',
          parts: [
            { accountId: 'a', amount: 6n },
            { accountId: 'b', amount: 7n },
          ],
          sum: 13n,
        },
      ],
      held: 1,
    });
  });

  test('whatever rises, falls, moves or waits: no cheque falls, and nobody has more in cheques than was released', () => {
    const step = fc.record({
      who: fc.nat(4),
      address: fc.nat(2),
      change: fc.bigInt(-20n, 60n),
      waits: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 5 }), { maxLength: 12 }), (rounds) => {
        const payees = new Map<string, TreePayee>();
        const highest = new Map<string, bigint>();
        const inCheques = new Map<string, bigint>();
        const cumulative = new Map<string, bigint>();
        for (const steps of rounds) {
          const waiting = new Set<string>();
          for (const { who, address, change, waits } of steps) {
            const accountId = `account ${who}`;
            const before = payees.get(accountId)?.released ?? 0n;
            const released = before + change > 0n ? before + change : 0n;
            payees.set(accountId, { accountId, address: `0x${address}`, released });
            highest.set(accountId, max(highest.get(accountId) ?? 0n, released));
            if (waits) waiting.add(accountId);
          }
          for (const { beneficiary, parts, sum } of dueCheques([...payees.values()], inCheques, (id) =>
            waiting.has(id),
          ).due) {
            expect(sum).toBe(sumOf(parts));
            expect(sum).toBeGreaterThan(0n);
            cumulative.set(beneficiary, (cumulative.get(beneficiary) ?? 0n) + sum);
            for (const { accountId, amount } of parts) {
              expect(waiting.has(accountId)).toBe(false);
              inCheques.set(accountId, (inCheques.get(accountId) ?? 0n) + amount);
            }
          }
          for (const [accountId, amount] of inCheques)
            expect(amount).toBeLessThanOrEqual(highest.get(accountId)!);
          const sum = (amounts: Iterable<bigint>) => [...amounts].reduce((all, one) => all + one, 0n);
          expect(sum(cumulative.values())).toBe(sum(inCheques.values()));
        }
      }),
    );
  });

  test('once all is in cheques nothing is due', () => {
    const payees = [{ accountId: 'a', address: '0xA', released: 10n }];
    expect(dueCheques(payees, new Map([['a', 10n]]), never)).toEqual({ due: [], held: 0 });
  });
});

describe('whose money was cashed', () => {
  const part = fc.record({ accountId: fc.constantFrom('a', 'b', 'c'), amount: fc.bigInt(1n, 50n) });

  test('however often and how much at a time, in the end each has its parts, and never more', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 8 }),
        fc.array(fc.bigInt(0n, 60n)),
        (parts, takes) => {
          const total = sumOf(parts);
          let taken = 0n;
          const got = new Map<string, bigint>();
          for (const wanted of [...takes, total]) {
            const amount = wanted < total - taken ? wanted : total - taken;
            const shares = shareOut(parts, taken, amount)!;
            expect(sumOf(shares)).toBe(amount);
            for (const share of shares)
              got.set(share.accountId, (got.get(share.accountId) ?? 0n) + share.amount);
            taken += amount;
            for (const [id, amountGot] of got) expect(amountGot).toBeLessThanOrEqual(ofAccount(parts, id));
          }
          for (const [id, amountGot] of got) expect(amountGot).toBe(ofAccount(parts, id));
        },
      ),
    );
  });

  test('more than there is in cheques is nobody’s', () => {
    expect(shareOut([{ accountId: 'a', amount: 5n }], 3n, 3n)).toBeNull();
    expect(shareOut([], 0n, 1n)).toBeNull();
    expect(shareOut([{ accountId: 'a', amount: 5n }], 5n, 0n)).toEqual([]);
  });
});

const ofAccount = (parts: readonly Part[], id: string) =>
  sumOf(parts.filter(({ accountId }) => accountId === id));
const max = (a: bigint, b: bigint) => (a > b ? a : b);
