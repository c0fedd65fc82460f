import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EpochFacts } from './facts.js';
import {
  type CustodySpan,
  type HeldFacts,
  PLOT_EQUIVALENT,
  plotSize,
  ruleset1,
  unmeasured,
} from './index.js';

const token = 10n ** 18n;
const hour = 3_600_000;
const checks = (proved: number, silent = 0) => ({ proved, empty: 0, late: 0, silent, invalid: 0 });

const base: EpochFacts = {
  epochIndex: 0,
  epochSeconds: 3600,
  caps: { perAccount: null, perCluster: null, referralPerAccount: null },
  accounts: {},
  pools: { nodes: {}, plots: {} },
  tries: { nodes: {}, plots: {} },
  rates: {
    referralBps: 0,
    version: 1,
    plottingPerPlot: { '32': 10n * token },
    immediateBps: 6000,
    storagePerPlotEquivalentHour: token,
  },
  available: 1_000_000n * token,
  accepted: [],
  custodies: [],
  checks: {},
  network: {},
  endsAtMs: hour,
  retention: { retentionSeconds: 86_400, checksPerPlotPerDay: 24, roundSeconds: 600 },
  held: [],
  proofs: {},
  missed: {},
};

const part = (plotId: string, amount: bigint): HeldFacts => ({
  plotId,
  account: 'a',
  amount,
  before: { keptMs: 0, provedAt: 0, missed: 0 },
  vouched: [],
  loss: 'none',
});

const span = (node: string, k: number, fromMs: number, untilMs: number): CustodySpan => ({
  plotId: `plot-${node}-${k}-${fromMs}`,
  kind: 'chia-v1',
  k,
  account: `account-${node}`,
  node,
  fromMs,
  untilMs,
});

describe('ruleset-1', () => {
  test('an accepted plot pays its share at once and holds the rest', () => {
    const { lines, accrued } = ruleset1({
      ...base,
      accepted: [{ plotId: 'p', kind: 'chia-v1', k: 32, account: 'a', node: 'n' }],
    });
    expect(lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['plotting', 6n * token],
      ['plotting-held', 4n * token],
    ]);
    expect(accrued).toBe(10n * token);
  });

  test('one k=32 plot kept an hour with every check proved earns exactly the hourly rate', () => {
    const facts = { ...base, custodies: [span('n', 32, 0, hour)], checks: { n: checks(12) } };
    expect(ruleset1(facts).lines.map((line) => line.amount)).toEqual([token]);
  });

  test('half the checks silent is half the pay, and the reason says so', () => {
    const facts = { ...base, custodies: [span('n', 32, 0, hour)], checks: { n: checks(6, 6) } };
    const [line] = ruleset1(facts).lines;
    expect(line!.amount).toBe(token / 2n);
    expect(line!.reason.availabilityBps).toBe(5000);
  });

  test('a node that was not checked, or proved nothing, earns nothing', () => {
    expect(ruleset1({ ...base, custodies: [span('n', 32, 0, hour)] }).lines).toEqual([]);
    expect(
      ruleset1({ ...base, custodies: [span('n', 32, 0, hour)], checks: { n: checks(0, 3) } }).lines,
    ).toEqual([]);
  });

  test('a budget that is too small is shared in proportion, and every line says so', () => {
    const accepted = ['p', 'q', 'r'].map((plotId) => ({
      plotId,
      kind: 'chia-v1',
      k: 32,
      account: plotId,
      node: 'n',
    }));
    const { lines, accrued } = ruleset1({ ...base, accepted, available: 15n * token });
    expect(accrued).toBe(15n * token);
    expect(lines.filter((line) => line.kind === 'plotting').map((line) => line.amount)).toEqual([
      3n * token,
      3n * token,
      3n * token,
    ]);
    for (const line of lines) expect(line.reason.budgetCut).toBeDefined();
  });

  test('with nothing funded, the lines are there and say that nothing was available', () => {
    const { lines, accrued } = ruleset1({
      ...base,
      available: 0n,
      accepted: [{ plotId: 'p', kind: 'chia-v1', k: 32, account: 'a', node: 'n' }],
    });
    expect(accrued).toBe(0n);
    expect(lines.map((line) => line.reason.budgetCut?.available)).toEqual(['0', '0']);
  });

  test('a release was promised before: it is not new and needs no budget', () => {
    const held = [{ ...part('p', 4n * token), before: { keptMs: 86_400_000, provedAt: 0, missed: 0 } }];
    const { lines, accrued } = ruleset1({ ...base, available: 0n, held });
    expect(lines.map(({ kind, amount }) => [kind, amount])).toEqual([['plotting-release', 4n * token]]);
    expect(accrued).toBe(0n);
  });

  test('a plot that was lost while its plotter kept it forfeits the held part, which can be promised again', () => {
    const held = [{ ...part('p', 4n * token), loss: 'final' as const }];
    const outcome = ruleset1({ ...base, held });
    expect(outcome.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['plotting-forfeit', 4n * token],
    ]);
    expect([outcome.accrued, outcome.forfeited]).toEqual([0n, 4n * token]);
  });

  test('storage pay follows the network weight, and the line says what it rests on; unknown weighs nothing', () => {
    const measures = { ...unmeasured, pings: 400, lost: 400, answerMs: 900 };
    const facts = { ...base, custodies: [span('n', 32, 0, hour)], checks: { n: checks(12) } };
    const [line] = ruleset1({ ...facts, network: { n: measures } }).lines;
    expect(line!.amount).toBe((token * 900_000n) / 1_000_000n);
    expect(line!.reason).toMatchObject({ networkWeightPpm: 900_000, network: measures });
    const [whole] = ruleset1({ ...facts, network: { other: measures } }).lines;
    expect(whole!.amount).toBe(token);
    expect(whole!.reason).toMatchObject({ networkWeightPpm: 1_000_000, network: { roundTripUs: null } });
  });

  describe('plots kept in part', () => {
    const half = { proofs: 1000, tries: 2541 };
    const whole = { proofs: 1000, tries: 1582 };
    const facts = { ...base, custodies: [span('n', 32, 0, hour)], checks: { n: checks(12) } };

    test('a node that certainly keeps half of every plot is paid half, and told why', () => {
      const [line] = ruleset1({ ...facts, pools: { nodes: { n: half }, plots: {} } }).lines;
      expect(line!.reason.fractionBps).toBe(5003);
      expect(line!.amount).toBe((token * 5003n) / 10_000n);
      expect(line!.reason.fraction).toMatchObject({ ofPlots: 1, proofs: 1000 });
    });

    test('one plot kept in half lowers the pay for that plot only', () => {
      const custodies = [span('n', 32, 0, hour), { ...span('n', 32, 0, hour), plotId: 'other' }];
      const pools = { nodes: { n: whole }, plots: { other: half } };
      const [line] = ruleset1({ ...facts, custodies, pools }).lines;
      expect(line!.amount).toBe((token * 15_003n) / 10_000n);
      expect(line!.reason).toMatchObject({ fractionBps: 7501, fraction: { ofPlots: 1 } });
    });

    test('whole plots are paid as whole plots', () => {
      const [line] = ruleset1({ ...facts, pools: { nodes: { n: whole }, plots: {} } }).lines;
      expect(line!.amount).toBe(token);
      expect(line!.reason.fraction).toBeUndefined();
    });
  });

  describe('caps', () => {
    const accepted = ['a', 'b', 'c'].map((account) => ({
      plotId: account,
      kind: 'chia-v1',
      k: 32,
      account,
      node: account,
    }));
    const none = base.caps;

    test('an account gets no more than its cap in an epoch, and each line says so', () => {
      const { lines } = ruleset1({ ...base, accepted, caps: { ...none, perAccount: 5n * token } });
      expect(lines.map((line) => line.amount)).toEqual([3n, 2n, 3n, 2n, 3n, 2n].map((n) => n * token));
      expect(lines[0]!.reason.accountCap).toEqual({
        due: (10n * token).toString(),
        available: (5n * token).toString(),
      });
    });

    test('accounts of one cluster share a cap; others are untouched', () => {
      const accounts = Object.fromEntries(['a', 'b'].map((id) => [id, { cluster: 'x', referrer: null }]));
      const caps = { ...none, perCluster: 10n * token };
      const { lines, accrued } = ruleset1({ ...base, accepted, accounts, caps });
      expect(accrued).toBe(20n * token);
      expect(lines.filter((line) => line.reason.clusterCap).map((line) => line.account)).toEqual([
        'a',
        'a',
        'b',
        'b',
      ]);
    });
  });

  describe('referral', () => {
    const rates = { ...base.rates, referralBps: 1000 };
    const accepted = [{ plotId: 'p', kind: 'chia-v1', k: 32, account: 'new', node: 'n' }];
    const brought = { new: { cluster: null, referrer: 'old' }, old: { cluster: null, referrer: 'older' } };
    const referrals = (facts: Partial<EpochFacts>) =>
      ruleset1({ ...base, rates, accepted, accounts: brought, ...facts })
        .lines.filter((line) => line.kind === 'referral')
        .map((line) => [line.account, line.amount]);

    test('a referrer gets a share of what is released, one level deep', () => {
      expect(referrals({})).toEqual([['old', (6n * token) / 10n]]);
    });

    test('what was held counts when it is released', () => {
      const before = { keptMs: 86_400_000, provedAt: 0, missed: 0 };
      const held = [{ ...part('p', 4n * token), account: 'new', before }];
      expect(referrals({ accepted: [], held })).toEqual([['old', (4n * token) / 10n]]);
    });

    test('nothing within a cluster, nor for oneself', () => {
      const accounts = { new: { cluster: 'x', referrer: 'old' }, old: { cluster: 'x', referrer: null } };
      expect(referrals({ accounts })).toEqual([]);
      expect(referrals({ accounts: { new: { cluster: null, referrer: 'new' } } })).toEqual([]);
    });

    test('is capped, and never takes from the work it is a share of', () => {
      expect(referrals({ caps: { ...base.caps, referralPerAccount: token / 2n } })).toEqual([
        ['old', token / 2n],
      ]);
      expect(referrals({ available: 10n * token })).toEqual([['old', 0n]]);
    });
  });

  const spans = fc.array(
    fc.record({
      node: fc.constantFrom('a', 'b', 'c'),
      k: fc.integer({ min: 18, max: 35 }),
      ms: fc.nat(hour),
    }),
    { maxLength: 12 },
  );

  test('never accrues more than is available, and never a negative amount', () => {
    fc.assert(
      fc.property(
        spans,
        fc.bigInt(0n, 10n ** 20n),
        fc.nat(20),
        fc.nat(20),
        (list, available, proved, silent) => {
          const custodies = list.map(({ node, k, ms }) => span(node, k, 0, ms));
          const outcome = ruleset1({
            ...base,
            available,
            custodies,
            checks: { a: checks(proved, silent), b: checks(1), c: checks(0, 1) },
            accepted: list.map((_, i) => ({
              plotId: `p${i}`,
              kind: 'chia-v1',
              k: 32,
              account: 'x',
              node: 'a',
            })),
          });
          expect(outcome.accrued <= available).toBe(true);
          for (const line of outcome.lines) {
            expect(line.amount > 0n || line.reason.budgetCut !== undefined).toBe(true);
            expect(line.amount >= 0n).toBe(true);
          }
        },
      ),
    );
  });

  test('gives the same lines whatever the order of the facts', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const custodies = list.map(({ node, k, ms }, i) => ({ ...span(node, k, 0, ms), plotId: `p${i}` }));
        const facts = { ...base, custodies, checks: { a: checks(3), b: checks(2, 1), c: checks(1) } };
        expect(ruleset1({ ...facts, custodies: [...custodies].reverse() })).toEqual(ruleset1(facts));
      }),
    );
  });

  test('a plot-equivalent is a k=32 plot', () => {
    expect(PLOT_EQUIVALENT).toBe(139_586_437_120n);
    expect(plotSize('chia-v1', 18)).toBe(4_849_664n);
    expect(() => plotSize('chia-v2', 32)).toThrow(RangeError);
    expect(() => plotSize('toString', 32)).toThrow(RangeError);
  });
});
