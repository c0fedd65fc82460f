import { type BeeCheckFacts, type EpochFacts, type HeldState, type Ruleset, unmeasured } from '#libs/ruleset';

const HOUR = 3_600_000;
const ACCOUNTS = ['a', 'b', 'c'];

/** What must not happen to money, and how often it did. */
export interface Wrongs {
  /** Free, held and released together are not what was funded. */
  unbalanced: number;
  /** More was promised than there was. */
  overFunded: number;
  negative: number;
  /** The rule's held parts are not what the lines held back. */
  heldLost: number;
}

export const noWrongs = (): Wrongs => ({ unbalanced: 0, overFunded: 0, negative: 0, heldLost: 0 });

/**
 * Plays some epochs of three accounts through a ruleset and books their lines.
 *
 * @param random in [0, 1); the whole history follows from it, rates, caps, losses and the budget too
 * @param wrong is added to
 * @returns how many postings were made
 */
export function playHistory(
  { apply }: Pick<Ruleset, 'apply'>,
  random: () => number,
  epochs: number,
  wrong: Wrongs,
): number {
  const funded = amount(random);
  const retentionSeconds = Math.floor(random() * 6) * 3600;
  // some histories go on for some epochs after the campaign's end
  const times = { retentionSeconds, campaignEndsAtMs: (epochs - Math.floor(random() * 4)) * HOUR };
  let available = funded;
  let held: HeldState[] = [];
  const book = { held: 0n, released: 0n };
  let postings = 0;
  for (let index = 0; index < epochs; index++) {
    const outcome = apply(factsOf(index, random, available, held, times));
    for (const { kind, amount: moved } of outcome.lines) {
      postings += 2;
      if (moved < 0n) wrong.negative++;
      if (kind === 'plotting-held') book.held += moved;
      else if (kind === 'plotting-forfeit') book.held -= moved;
      else book.released += moved;
      if (kind === 'plotting-release') book.held -= moved;
    }
    if (outcome.accrued > available) wrong.overFunded++;
    available += outcome.forfeited - outcome.accrued;
    held = outcome.held;
    if (available + book.held + book.released !== funded) wrong.unbalanced++;
    if (held.reduce((sum, part) => sum + part.amount, 0n) !== book.held) wrong.heldLost++;
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
  { retentionSeconds, campaignEndsAtMs }: { retentionSeconds: number; campaignEndsAtMs: number },
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
      beePerNeighbourhoodDay: amount(random),
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
    network: { a: { ...unmeasured, pings: 10, lost: below(11) } },
    endsAtMs: startsAt + HOUR,
    retention: { retentionSeconds, checksPerPlotPerDay: 24, roundSeconds: 600 },
    held: held.map(({ plotId, account, amount: part, ...before }) => ({
      plotId,
      account,
      amount: part,
      before,
      vouched: [],
      loss: lost ? (random() < 0.5 ? 'final' : 'open') : 'none',
    })),
    proofs: Object.fromEntries(held.map(({ plotId }) => [plotId, [startsAt + HOUR / 2]])),
    missed: {},
    campaignEndsAtMs,
    beeVouchedMs: below(2 * HOUR),
    beeChecks: beeChecks(random, startsAt),
  };
}

/** Checks of Bee nodes of a few neighbourhoods in, and shortly before, an epoch. */
function beeChecks(random: () => number, startsAt: number): BeeCheckFacts[] {
  const below = (n: number) => Math.floor(random() * n);
  return Array.from({ length: below(6) }, (_, n) => {
    const account = ACCOUNTS[below(3)]!;
    return {
      id: `${n}`,
      atMs: startsAt - HOUR / 2 + below(1.5 * HOUR),
      account,
      node: account,
      owner: `owner of ${account}`,
      overlay: below(256).toString(16).padStart(64, '0').split('').reverse().join(''),
      depth: 1 + below(3),
      height: below(3),
      plur: BigInt(below(4)) * 10n ** 17n + BigInt(below(1000)),
      held: random() < 0.8,
    };
  });
}
