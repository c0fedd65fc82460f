import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Caps,
  type HeldPart,
  PLOT_EQUIVALENT,
  PRESENT_RULESET,
  type Rates,
  ruleset1,
  rulesets,
  unmeasured,
} from '#libs/ruleset';
import { Replay } from './replay.js';
import { epochOf, partsOf, type WorkedEpoch } from './work-parts.js';

const HOUR = 3_600_000;
const { price } = rulesets[PRESENT_RULESET]!;
const rates: Rates = {
  version: 1,
  plottingPerPlot: { '32': 1000n },
  immediateBps: 6000,
  storagePerPlotEquivalentHour: 100n,
  referralBps: 500,
  beePerNeighbourhoodDay: 700n,
};
const noCaps: Caps = { perAccount: null, perCluster: null, referralPerAccount: null };

interface Happening {
  /** Plots accepted, by account; hours stored, by account; money that comes in. */
  accepted: number[];
  stored: number[];
  deposit: number;
  /** What becomes of parts held two epochs ago; `settled`: half of each is released, the other half forfeited. */
  fate: 'kept' | 'lost' | 'settled';
  /** Hours of a whole neighbourhood, by account. */
  bees: number[];
}

const happenings = fc.array(
  fc.record({
    accepted: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
    stored: fc.array(fc.nat(24), { minLength: 3, maxLength: 3 }),
    deposit: fc.nat(9000),
    fate: fc.constantFrom('kept' as const, 'lost' as const, 'settled' as const),
    bees: fc.array(fc.nat(24), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** What a closing would have kept, and booked, of these epochs. */
function lived(all: readonly Happening[], caps = noCaps) {
  let available = 5000n;
  const held: HeldPart[][] = [];
  const booked = new Map<string, bigint>();
  const epochs = all.map(({ accepted, stored, deposit, fate, bees }, i): WorkedEpoch => {
    available += BigInt(deposit);
    const due = held[i - 2] ?? [];
    const facts = {
      caps,
      available,
      accounts: { 'account-1': { cluster: null, referrer: 'account-0' } },
      accepted: accepted.flatMap((count, who) =>
        Array.from({ length: count }, (_, n) => ({
          plotId: `plot-${i}-${who}-${n}`,
          kind: 'chia-v1',
          k: 32,
          account: `account-${who}`,
          node: `node-${who}`,
        })),
      ),
      maturing: fate === 'kept' ? due : [],
      forfeited: fate === 'lost' ? due : [],
      settled: fate === 'settled' ? due.map((part) => ({ ...part, keptMs: HOUR, ofMs: 2 * HOUR })) : [],
      bees: bees.map((hours, who) => ({
        account: `account-${who}`,
        node: `node-${who}`,
        overlay: '00'.repeat(32),
        depth: 8,
        height: 0,
        plur: 1n,
        sharedMs: BigInt(hours * HOUR),
        vouchedMs: hours * HOUR,
        checks: [],
      })),
      storage: stored.map((hours, who) => ({
        account: `account-${who}`,
        node: `node-${who}`,
        whole: PLOT_EQUIVALENT * BigInt(hours * HOUR),
        counted: PLOT_EQUIVALENT * BigInt(hours * HOUR) * 10_000n,
        plots: 1,
        keptMs: hours * HOUR,
        checks: { proved: 48, empty: 0, late: 0, silent: 0, invalid: 0 },
        network: unmeasured,
        networkWeightPpm: 1_000_000,
        fraction: null,
      })),
    };
    const outcome = price({ ...facts, rates });
    held.push(
      outcome.lines
        .filter(({ kind }) => kind === 'plotting-held')
        .map(({ plotId, account, amount }) => ({ plotId: plotId!, account, amount })),
    );
    for (const { kind, account, amount } of outcome.lines) {
      if (kind === 'plotting-release') continue;
      booked.set(account, (booked.get(account) ?? 0n) + (kind === 'plotting-forfeit' ? -amount : amount));
    }
    const epoch = { ...facts, epochIndex: i, startsAt: i * 24 * HOUR, endsAt: (i + 1) * 24 * HOUR };
    available += outcome.forfeited - outcome.accrued;
    return { ...epoch, accrued: outcome.accrued, forfeits: outcome.forfeited };
  });
  return { epochs, booked };
}

const replayOf = (epochs: readonly WorkedEpoch[], draft: Rates) => {
  const replay = new Replay(price, draft);
  for (const epoch of epochs) replay.add(epoch);
  return replay.result;
};

describe('a replay', () => {
  test('under the rates of the time is what was booked, to the last unit, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.boolean(), async (all, capped) => {
        const { epochs, booked } = lived(all, capped ? { ...noCaps, perAccount: 900n } : noCaps);
        const kept: WorkedEpoch[] = [];
        for (const epoch of epochs) kept.push(epochOf(await partsOf(epoch)));
        expect(kept).toEqual(epochs);
        const result = replayOf(kept, rates);
        expect(new Map([...result.byAccount].filter(([, sum]) => sum !== 0n))).toEqual(
          new Map([...booked].filter(([, sum]) => sum !== 0n)),
        );
        expect(result.total).toBe([...booked.values()].reduce((sum, amount) => sum + amount, 0n));
        expect(result.coveredMs).toBe(all.length * 24 * HOUR);
      }),
    );
  });

  test('never spends more than there was, however high the rates; what was wanted is told', () => {
    fc.assert(
      fc.property(happenings, fc.bigInt(0n, 10n ** 12n), (all, rate) => {
        const { epochs } = lived(all);
        const funds = 5000n + all.reduce((sum, { deposit }) => sum + BigInt(deposit), 0n);
        const result = replayOf(epochs, { ...rates, storagePerPlotEquivalentHour: rate });
        expect(result.total <= funds).toBe(true);
        expect(result.wanted >= result.total).toBe(true);
        expect(result.cutEpochs > 0).toBe(result.wanted > result.total);
      }),
    );
  });

  test('what is held under the draft is what is released or forfeited later', () => {
    const one = { accepted: [1, 0, 0], stored: [0, 0, 0], deposit: 0, fate: 'kept' as const, bees: [] };
    const none = { ...one, accepted: [0, 0, 0] };
    const { epochs } = lived([one, none, { ...none, fate: 'lost' }]);
    expect(replayOf(epochs, rates).total).toBe(600n);
    expect(replayOf(epochs, { ...rates, immediateBps: 10_000 }).total).toBe(1000n);
    expect(replayOf(epochs, { ...rates, immediateBps: 0 }).total).toBe(0n);
  });

  test('measured work priced is what the ruleset itself makes of the facts', () => {
    const span = { plotId: 'p', kind: 'chia-v1', k: 32, account: 'a', node: 'n', fromMs: 0, untilMs: HOUR };
    const facts = {
      epochIndex: 0,
      epochSeconds: 3600,
      rates,
      caps: noCaps,
      available: 10_000n,
      accounts: {},
      accepted: [],
      custodies: [span],
      checks: { n: { proved: 11, empty: 1, late: 0, silent: 0, invalid: 0 } },
      pools: { nodes: {}, plots: {} },
      tries: { nodes: {}, plots: {} },
      network: {},
      endsAtMs: 0,
      retention: { retentionSeconds: 0, checksPerPlotPerDay: 48, roundSeconds: 1800 },
      held: [],
      proofs: {},
      missed: {},
      campaignEndsAtMs: Number.POSITIVE_INFINITY,
      beeChecks: [],
      beeVouchedMs: 0,
    };
    const { storage, lines, accrued } = ruleset1(facts);
    expect(price({ ...facts, storage, maturing: [], forfeited: [], settled: [], bees: [] })).toEqual({
      lines,
      accrued,
      forfeited: 0n,
    });
  });
});
