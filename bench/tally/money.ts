import { type EpochFacts, type HeldState, rulesets } from '#libs/ruleset';
import type { Section } from '../frame/section.js';
import { uniform } from './detection.js';

const SEED = 20_261_124;
const HOUR = 3_600_000;
const EPOCHS = 3;
const ACCOUNTS = ['a', 'b', 'c'];
const apply = rulesets['ruleset-1']!.apply;

/** Random histories through the ruleset: every unit that was funded is somewhere, and only once. */
export const money: Section = {
  title: `Money: random histories of ${EPOCHS} epochs (seed ${SEED})`,
  run({ large, row }) {
    const histories = large ? 1_000_000 : 100_000;
    const random = uniform(SEED);
    const wrong = { unbalanced: 0, overFunded: 0, negative: 0, heldLost: 0 };
    let postings = 0;
    const started = performance.now();
    for (let i = 0; i < histories; i++) postings += history(random, wrong);
    row({ name: 'histories', samples: [histories], unit: '' });
    row({ name: 'postings', samples: [postings], unit: '' });
    row({ name: 'taken', samples: [(performance.now() - started) / 1000], unit: 's' });
    row({
      name: 'books that do not sum to what was funded',
      samples: [wrong.unbalanced],
      unit: '',
      wanted: 0,
    });
    row({ name: 'promised beyond what was funded', samples: [wrong.overFunded], unit: '', wanted: 0 });
    row({ name: 'negative lines', samples: [wrong.negative], unit: '', wanted: 0 });
    row({ name: 'held parts lost or made', samples: [wrong.heldLost], unit: '', wanted: 0 });
  },
};

function history(random: () => number, wrong: Record<string, number>): number {
  const funded = amount(random);
  const retentionSeconds = Math.floor(random() * 4) * 3600;
  let available = funded;
  let held: HeldState[] = [];
  const book = { held: 0n, released: 0n };
  let postings = 0;
  for (let index = 0; index < EPOCHS; index++) {
    const outcome = apply(factsOf(index, random, available, held, retentionSeconds));
    for (const { kind, amount: moved } of outcome.lines) {
      postings += 2;
      if (moved < 0n) wrong.negative!++;
      if (kind === 'plotting-held') book.held += moved;
      else if (kind === 'plotting-forfeit') book.held -= moved;
      else book.released += moved;
      if (kind === 'plotting-release') book.held -= moved;
    }
    if (outcome.accrued > available) wrong.overFunded!++;
    available += outcome.forfeited - outcome.accrued;
    held = outcome.held;
    if (available + book.held + book.released !== funded) wrong.unbalanced!++;
    if (held.reduce((sum, part) => sum + part.amount, 0n) !== book.held) wrong.heldLost!++;
  }
  return postings;
}

/** Up to 10^24 base units, of any size. */
const amount = (random: () => number) =>
  BigInt(Math.floor(10 ** (random() * 15))) * BigInt(1 + Math.floor(random() * 1e9));

function factsOf(
  index: number,
  random: () => number,
  available: bigint,
  held: HeldState[],
  retentionSeconds: number,
): EpochFacts {
  const below = (n: number) => Math.floor(random() * n);
  const cap = () => (random() < 0.5 ? null : amount(random));
  const startsAt = index * HOUR;
  const plot = { kind: 'chia-v1', k: 32 };
  const lost = random() < 0.2;
  return {
    epochIndex: index,
    epochSeconds: 3600,
    rates: {
      version: 1,
      plottingPerPlot: { '32': amount(random) },
      immediateBps: below(10_001),
      storagePerPlotEquivalentHour: amount(random),
      referralBps: below(10_001),
    },
    caps: { perAccount: cap(), perCluster: cap(), referralPerAccount: cap() },
    available,
    accounts: { a: { cluster: 'x', referrer: 'c' }, b: { cluster: 'x', referrer: 'a' } },
    accepted: Array.from({ length: below(3) }, (_, n) => {
      const account = ACCOUNTS[below(3)]!;
      return { ...plot, plotId: `${index} ${n}`, account, node: account };
    }),
    custodies: ACCOUNTS.map((account) => ({
      ...plot,
      plotId: account,
      account,
      node: account,
      fromMs: startsAt,
      untilMs: startsAt + below(HOUR + 1),
    })),
    checks: Object.fromEntries(
      ACCOUNTS.map((node) => [node, { proved: below(9), empty: 0, late: 0, silent: below(3), invalid: 0 }]),
    ),
    pools: { nodes: {}, plots: {} },
    tries: { nodes: {}, plots: {} },
    network: {},
    endsAtMs: startsAt + HOUR,
    retention: { retentionSeconds, checksPerPlotPerDay: 24, roundSeconds: 600 },
    held: held.map(({ plotId, account, amount: part, ...before }) => ({
      plotId,
      account,
      amount: part,
      before,
      vouched: [],
      loss: lost ? 'final' : 'none',
    })),
    proofs: Object.fromEntries(held.map(({ plotId }) => [plotId, [startsAt + HOUR / 2]])),
    missed: {},
  };
}
