import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EpochFacts, type HeldState, ruleset1, unmeasured } from './index.js';

const HOUR = 3_600_000;
const accounts = ['a', 'b', 'c'];

const epoch = fc.record({
  proved: fc.nat(9),
  silent: fc.nat(9),
  accepted: fc.array(fc.constantFrom(...accounts), { maxLength: 3 }),
  keptMs: fc.nat(HOUR),
  rate: fc.bigInt(0n, 10n ** 24n),
  price: fc.bigInt(0n, 10n ** 24n),
  immediateBps: fc.nat(10_000),
  referralBps: fc.nat(10_000),
  cap: fc.option(fc.bigInt(0n, 10n ** 24n)),
  lost: fc.boolean(),
});

test('through any history, what was promised never passes what was funded, and no unit is lost or made', () => {
  const history = fc.record({
    funded: fc.bigInt(0n, 10n ** 26n),
    retentionHours: fc.nat(6),
    epochs: fc.array(epoch, { maxLength: 8 }),
  });
  fc.assert(
    fc.property(history, ({ funded, retentionHours, epochs }) => {
      let available = funded;
      let held: HeldState[] = [];
      const book = { held: 0n, released: 0n };
      for (const [index, of] of epochs.entries()) {
        const outcome = ruleset1(factsOf(index, of, available, held, retentionHours));
        for (const { kind, amount } of outcome.lines) {
          expect(amount >= 0n).toBe(true);
          if (kind === 'plotting-held') book.held += amount;
          else if (kind === 'plotting-forfeit') book.held -= amount;
          else book.released += amount;
          if (kind === 'plotting-release') book.held -= amount;
        }
        available += outcome.forfeited - outcome.accrued;
        held = outcome.held;
        expect(available >= 0n).toBe(true);
        expect(available + book.held + book.released).toBe(funded);
        expect(held.reduce((sum, { amount }) => sum + amount, 0n)).toBe(book.held);
      }
    }),
    { numRuns: 300 },
  );
});

type Epoch = typeof epoch extends fc.Arbitrary<infer Value> ? Value : never;

function factsOf(
  index: number,
  of: Epoch,
  available: bigint,
  held: HeldState[],
  retentionHours: number,
): EpochFacts {
  const cap = of.cap === null ? null : of.cap;
  const [startsAt, endsAtMs] = [index * HOUR, (index + 1) * HOUR];
  return {
    epochIndex: index,
    epochSeconds: 3600,
    rates: {
      version: 1,
      plottingPerPlot: { '32': of.price },
      immediateBps: of.immediateBps,
      storagePerPlotEquivalentHour: of.rate,
      referralBps: of.referralBps,
    },
    caps: { perAccount: cap, perCluster: cap, referralPerAccount: cap },
    available,
    accounts: { a: { cluster: 'x', referrer: 'c' }, b: { cluster: 'x', referrer: 'a' } },
    accepted: of.accepted.map((account, n) => ({
      plotId: `${index} ${n}`,
      kind: 'chia-v1',
      k: 32,
      account,
      node: `node ${account}`,
    })),
    custodies: accounts.map((account) => ({
      plotId: `kept by ${account}`,
      kind: 'chia-v1',
      k: 32,
      account,
      node: `node ${account}`,
      fromMs: startsAt,
      untilMs: startsAt + of.keptMs,
    })),
    checks: Object.fromEntries(
      accounts.map((account) => [
        `node ${account}`,
        { proved: of.proved, empty: 0, late: 0, silent: of.silent, invalid: 0 },
      ]),
    ),
    pools: { nodes: {}, plots: {} },
    tries: { nodes: {}, plots: {} },
    network: { 'node a': { ...unmeasured, pings: 10, lost: 3 } },
    endsAtMs,
    retention: { retentionSeconds: retentionHours * 3600, checksPerPlotPerDay: 24, roundSeconds: 600 },
    held: held.map(({ plotId, account, amount, ...before }) => ({
      plotId,
      account,
      amount,
      before,
      vouched: [],
      loss: of.lost ? 'final' : 'none',
    })),
    proofs: Object.fromEntries(held.map(({ plotId }) => [plotId, [startsAt + HOUR / 2]])),
    missed: {},
  };
}
