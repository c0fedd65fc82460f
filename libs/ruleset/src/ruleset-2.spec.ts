import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BeeCheckFacts,
  type EpochFacts,
  type HeldFacts,
  ruleset1,
  ruleset2,
  unmeasured,
} from './index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PLUR = 10n ** 17n;
const token = 10n ** 18n;

const base: EpochFacts = {
  epochIndex: 1,
  epochSeconds: 86_400,
  caps: { perAccount: null, perCluster: null, referralPerAccount: null },
  accounts: {},
  pools: { nodes: {}, plots: {} },
  tries: { nodes: {}, plots: {} },
  rates: {
    version: 1,
    plottingPerPlot: { '32': 10n * token },
    immediateBps: 5000,
    storagePerPlotEquivalentHour: token,
    referralBps: 500,
    beePerNeighbourhoodDay: 24n * token,
  },
  available: 1_000_000n * token,
  accepted: [],
  custodies: [],
  checks: {},
  network: {},
  endsAtMs: 2 * DAY,
  retention: { retentionSeconds: 10 * 86_400, checksPerPlotPerDay: 2, roundSeconds: 600 },
  held: [],
  proofs: {},
  missed: {},
  campaignEndsAtMs: 100 * DAY,
  beeChecks: [],
  beeVouchedMs: 2 * DAY,
};

/** A check of somebody's node, whose overlay begins with these two digits. */
const check = (who: string, atMs: number, some: Partial<BeeCheckFacts> & { begins?: string } = {}) => {
  const { begins = '00', ...rest } = some;
  const names = { account: `account-${who}`, node: `node-${who}`, owner: `owner-${who}` };
  const place = { overlay: begins.padEnd(64, '0'), depth: 4, height: 0 };
  return { id: `${who} ${atMs}`, atMs, ...names, ...place, plur: PLUR, held: true, ...rest };
};

const earned = (beeChecks: readonly BeeCheckFacts[], facts = base) =>
  Object.fromEntries(
    ruleset2({ ...facts, beeChecks })
      .lines.filter(({ kind }) => kind === 'bee-node')
      .map(({ account, amount }) => [account.replace('account-', ''), amount]),
  );

const anyCheck = fc
  .record({
    who: fc.constantFrom('a', 'b', 'c', 'd'),
    atMs: fc.integer({ min: -DAY, max: 2 * DAY }),
    begins: fc.constantFrom('00', '08', '10', '80', 'f0'),
    height: fc.nat(3),
    depth: fc.constantFrom(3, 4),
    plur: fc.bigInt(0n, 10n ** 20n),
    held: fc.boolean(),
  })
  .map(({ who, atMs, ...some }) => check(who, atMs, some));
const anyChecks = fc.uniqueArray(anyCheck, { maxLength: 12, selector: ({ id }) => id });

describe('Bee nodes', () => {
  test('a check counts from then on, for two days, or until the next one of its stake', () => {
    expect(earned([check('a', DAY)])).toEqual({ a: 24n * token });
    expect(earned([check('a', DAY + 6 * HOUR)])).toEqual({ a: 18n * token });
    // of the day before, for the rest of two days
    expect(earned([check('a', -12 * HOUR)])).toEqual({ a: 12n * token });
    expect(earned([check('a', DAY), check('a', DAY + 18 * HOUR, { held: false })])).toEqual({
      a: 18n * token,
    });
    expect(earned([check('a', DAY), check('a', DAY + 18 * HOUR)])).toEqual({ a: 24n * token });
    expect(earned([check('a', DAY, { held: false })])).toEqual({});
  });

  test('a stake stands behind one overlay at a time, whoever is linked with it', () => {
    const moved = check('b', DAY + 12 * HOUR, { owner: 'owner-a', begins: 'f0' });
    expect(earned([check('a', DAY), moved])).toEqual({ a: 12n * token, b: 12n * token });
  });

  test('those of a neighbourhood share it by what they staked, at every moment', () => {
    expect(earned([check('a', DAY), check('b', DAY, { plur: 3n * PLUR })])).toEqual({
      a: 6n * token,
      b: 18n * token,
    });
    expect(earned([check('a', DAY), check('b', DAY + 12 * HOUR)])).toEqual({ a: 18n * token, b: 6n * token });
    expect(earned([check('a', DAY), check('b', DAY, { begins: '80' })])).toEqual({
      a: 24n * token,
      b: 24n * token,
    });
  });

  test('a doubled reserve is in two neighbourhoods, with half of its stake in each', () => {
    const [wide, near] = [check('a', DAY, { height: 1, plur: 2n * PLUR }), check('b', DAY)];
    // 0000 is shared, 0001 is a's alone
    expect(earned([wide, near])).toEqual({ a: 36n * token, b: 12n * token });
  });

  test('no neighbourhood costs more than its rate, whatever checks there are, in whatever order', () => {
    fc.assert(
      fc.property(anyChecks, fc.infiniteStream(fc.nat()), (checks, lots) => {
        const outcome = ruleset2({ ...base, beeChecks: checks });
        const shared = outcome.bees!.reduce((sum, { sharedMs }) => sum + sharedMs, 0n);
        const depth =
          [...checks].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1)).at(-1)?.depth ?? 0;
        const places = new Set(
          checks.flatMap(({ overlay, height }) => {
            const up = Math.min(height, depth);
            const first = Number.parseInt(overlay.slice(0, 2), 16) >> (8 - depth + up);
            return Array.from({ length: 2 ** up }, (_, i) => first * 2 ** up + i);
          }),
        );
        expect(shared).toBeLessThanOrEqual(BigInt(places.size * DAY));
        const mixed = checks.map((one) => [lots.next().value, one] as const).sort(([a], [b]) => a - b);
        expect(ruleset2({ ...base, beeChecks: mixed.map(([, one]) => one) })).toEqual(outcome);
      }),
    );
  });

  test('a stake that is split over many names earns no more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.bigInt(1n, 10n ** 20n), (names, plur) => {
        const other = check('z', DAY, { plur: 5n * PLUR });
        const one = earned([other, check('a', DAY, { plur: plur * BigInt(names) })]);
        const many = earned([
          other,
          ...Array.from({ length: names }, (_, i) => check(`${i}`, DAY, { plur })),
        ]);
        const sum = Object.entries(many).reduce(
          (all, [who, amount]) => (who === 'z' ? all : all + amount),
          0n,
        );
        expect(sum).toBeLessThanOrEqual(one.a ?? 0n);
      }),
    );
  });

  test('caps, the budget and who brought somebody hold for them too, and every line can be redone', () => {
    const facts: EpochFacts = {
      ...base,
      accounts: { 'account-a': { cluster: null, referrer: 'account-c' } },
    };
    const { lines } = ruleset2({ ...facts, beeChecks: [check('a', DAY)] });
    expect(lines.map(({ account, kind, amount }) => [account, kind, amount])).toEqual([
      ['account-a', 'bee-node', 24n * token],
      ['account-c', 'referral', (24n * token) / 20n],
    ]);
    const { quantity, rate, amount, unit } = lines[0]!;
    expect((BigInt(quantity) * BigInt(rate)) / BigInt(DAY)).toBe(amount);
    expect(unit).toBe('neighbourhood-ms');
    expect(earned([check('a', DAY)], { ...base, available: token })).toEqual({ a: token });
    const capped = { ...base.caps, perAccount: 2n * token };
    expect(earned([check('a', DAY)], { ...base, caps: capped })).toEqual({ a: 2n * token });
  });
});

describe('a campaign’s end', () => {
  const part = (plotId: string, keptMs: number, some: Partial<HeldFacts> = {}): HeldFacts => ({
    plotId,
    account: 'account-a',
    amount: 1000n,
    before: { keptMs, provedAt: 2 * DAY, missed: 0 },
    vouched: [],
    loss: 'none',
    ...some,
  });
  const at = (held: HeldFacts[], campaignEndsAtMs = 2 * DAY) => {
    const outcome = ruleset2({ ...base, held, campaignEndsAtMs });
    return {
      ...outcome,
      moved: outcome.lines.map(({ kind, plotId, amount }) => `${plotId} ${kind} ${amount}`),
      waiting: outcome.held.map(({ plotId }) => plotId),
    };
  };

  test('what is still held is released in proportion to the proved part of the retention time', () => {
    const { moved, forfeited, accrued, waiting, decided } = at([part('p', 2.5 * DAY), part('q', 0)]);
    expect(moved).toEqual(['p plotting-forfeit 750', 'q plotting-forfeit 1000', 'p plotting-release 250']);
    expect([forfeited, accrued, waiting]).toEqual([1750n, 0n, []]);
    expect(decided.settled).toMatchObject([
      { plotId: 'p', keptMs: 2.5 * DAY, ofMs: 10 * DAY },
      { plotId: 'q', keptMs: 0 },
    ]);
  });

  test('what is kept after it earns nothing', () => {
    const span = { plotId: 'p', kind: 'chia-v1', k: 32, account: 'account-a', node: 'node-a' };
    const facts: EpochFacts = {
      ...base,
      custodies: [{ ...span, fromMs: DAY, untilMs: 2 * DAY }],
      checks: { 'node-a': { proved: 2, empty: 0, late: 0, silent: 0, invalid: 0 } },
      beeChecks: [check('b', DAY)],
    };
    const half = ruleset2({ ...facts, campaignEndsAtMs: 1.5 * DAY }).lines.map(({ amount }) => amount * 2n);
    expect(half).toEqual(ruleset2(facts).lines.map(({ amount }) => amount));
    expect(ruleset2({ ...facts, campaignEndsAtMs: DAY }).lines).toEqual([]);
  });

  test('not before it', () => {
    expect(at([part('p', 9 * DAY)], 2 * DAY + 1)).toMatchObject({ moved: [], waiting: ['p'] });
  });

  test('time since the last proof counts up to one interval, unless it was asked for in vain since', () => {
    const last = { keptMs: 5 * DAY, provedAt: 2 * DAY - 8 * HOUR, missed: 0 };
    expect(at([part('p', 0, { before: last })]).decided.settled![0]!.keptMs).toBe(5 * DAY + 8 * HOUR);
    const long = { ...last, provedAt: DAY };
    expect(at([part('p', 0, { before: long })]).decided.settled![0]!.keptMs).toBe(5 * DAY + 12 * HOUR);
    expect(at([part('p', 0, { before: { ...last, missed: 1 } })]).decided.settled![0]!.keptMs).toBe(5 * DAY);
  });

  test('a loss that may be appealed against waits for that, one that is final is one', () => {
    const lost = [part('p', 5 * DAY, { loss: 'open' }), part('q', 5 * DAY, { loss: 'final' })];
    expect(at(lost)).toMatchObject({ moved: ['q plotting-forfeit 1000'], waiting: ['p'] });
    // and later epochs decide what waited
    expect(at([part('p', 5 * DAY)], DAY).moved).toEqual(['p plotting-forfeit 500', 'p plotting-release 500']);
  });

  test('nothing is lost or made of it', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 24n), fc.nat(20 * DAY), (amount, keptMs) => {
        const { lines } = at([part('p', keptMs, { amount })]);
        const of = (kind: string) => lines.find((line) => line.kind === kind)?.amount ?? 0n;
        expect(of('plotting-release') + of('plotting-forfeit')).toBe(amount);
      }),
    );
  });
});

test('without Bee nodes, and before a campaign ends, it is ruleset-1', () => {
  fc.assert(
    fc.property(
      fc.record({
        accepted: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }),
        stored: fc.array(fc.nat(24), { minLength: 3, maxLength: 3 }),
        proved: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
        kept: fc.array(fc.nat(12), { maxLength: 4 }),
        available: fc.bigInt(0n, 200n * token),
        perAccount: fc.option(fc.bigInt(0n, 50n * token)),
        referralBps: fc.nat(10_000),
      }),
      ({ accepted, stored, proved, kept, available, perAccount, referralBps }) => {
        const people = ['a', 'b', 'c'];
        const plot = { kind: 'chia-v1', k: 32 };
        const facts: EpochFacts = {
          ...base,
          available,
          rates: { ...base.rates, referralBps },
          caps: { ...base.caps, perAccount, perCluster: perAccount },
          accounts: { a: { cluster: 'x', referrer: 'b' }, c: { cluster: 'x', referrer: 'b' } },
          accepted: accepted.map((account, i) => ({ ...plot, plotId: `new ${i}`, account, node: account })),
          custodies: people.map((account, i) => {
            const times = { fromMs: DAY, untilMs: DAY + stored[i]! * HOUR };
            return { ...plot, plotId: `kept ${account}`, account, node: account, ...times };
          }),
          checks: Object.fromEntries(
            people.map((node, i) => [node, { proved: proved[i]!, empty: 0, late: 1, silent: 0, invalid: 0 }]),
          ),
          network: { a: unmeasured },
          held: kept.map((days, i) => ({
            plotId: `held ${i}`,
            account: people[i % 3]!,
            amount: BigInt(i + 1) * token,
            before: { keptMs: days * DAY, provedAt: DAY, missed: 0 },
            vouched: [],
            loss: i === 3 ? 'final' : 'none',
          })),
        };
        const { bees, ruleset, decided, ...two } = ruleset2(facts);
        const { ruleset: _, decided: before, ...one } = ruleset1(facts);
        expect([ruleset, bees, decided.settled]).toEqual(['ruleset-2', [], []]);
        // of what came to nothing anyway ruleset-1 says that the budget cut it
        const some = <Outcome extends { lines: readonly { amount: bigint }[] }>(outcome: Outcome) => ({
          ...outcome,
          lines: outcome.lines.filter(({ amount }) => amount > 0n),
        });
        expect(some(two)).toEqual(some(one));
        expect(decided).toMatchObject(before);
      },
    ),
  );
});
