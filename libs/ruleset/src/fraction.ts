/**
 * How much of a plot is really there, from how often its holder had to try. A whole plot has a proof for a challenge
 * with probability 1 − e^−1, one kept to the fraction f with 1 − e^−f, and nobody can answer an earlier sub-challenge
 * than the proofs they hold allow. Tries are pooled over many checks. Integers only: the fraction enters money.
 */

/** Pooled sub-challenges: how many were tried, and how many of them had a proof. */
export interface Tries {
  tries: number;
  proofs: number;
}

export const noTries: Tries = { tries: 0, proofs: 0 };

/**
 * Tries counted for a check that a reachable node answered with nothing, or not at all. Without them it would pay to
 * keep silent whenever the first proof comes late, and to look whole by the rest.
 */
export const WITHHELD_TRIES = 8;

/** Pooled tries fade with this memory, so that what happened half a year ago does not weigh for ever. */
const MEMORY_SECONDS = 60 * 86_400;

const BILLION = 1_000_000_000n;
/** 1 − e^−1 and 1 − e^−0.95, in 10^−9. */
const WHOLE = 632_120_559n;
const BELOW = 613_258_977n;

/** Fewer proofs than these say nothing yet. */
const FEWEST_PROOFS = 48;

/** One-sided scores in 1/1000 standard deviations: no whole plot falls this low; more likely than 19 in 20 below 0.95. */
const CERTAINLY_NOT_WHOLE = 4_000n;
const PROBABLY_BELOW = 1_645n;
/** A node this far off is asked more often until it is clear: a doubt costs it nothing but answers. */
const IN_DOUBT = 1_000n;
/** So far off that the node gets no new work. */
const FAR_NOT_WHOLE = 6_000n;
const FAR_BELOW = 4_000n;

/** What the pooled tries say. */
export interface Fraction {
  /** Best estimate, 0 … 10000 of 10000. */
  bps: number;
  /** 95 % confidence interval (Wilson, on the tries). */
  lowBps: number;
  highBps: number;
  /** Certainly below 0.95: paid by `bps`. */
  reduced: boolean;
}

/** The effective fraction behind pooled tries. Nothing is known of nothing: 0 … 10000, not reduced. */
export function fractionOf(pool: Tries): Fraction {
  if (pool.tries === 0) return { bps: 10_000, lowBps: 0, highBps: 10_000, reduced: false };
  const [low, high] = wilson(pool);
  return {
    bps: fractionBps((BigInt(pool.proofs) * BILLION) / BigInt(pool.tries)),
    lowBps: fractionBps(low),
    highBps: fractionBps(high),
    reduced: isReduced(pool),
  };
}

/** Certainly below 0.95: too far for a whole plot (4 σ), and below 0.95 with 95 % confidence. */
export const isReduced = (pool: Tries): boolean =>
  isBelow(pool, WHOLE, CERTAINLY_NOT_WHOLE) && isBelow(pool, BELOW, PROBABLY_BELOW);

/** So far below 0.95 that chance is out of the question (6 σ and 4 σ). */
export const isFarBelow = (pool: Tries): boolean =>
  isBelow(pool, WHOLE, FAR_NOT_WHOLE) && isBelow(pool, BELOW, FAR_BELOW);

/** Worth asking more often. */
export const isInDoubt = (pool: Tries): boolean => isBelow(pool, WHOLE, IN_DOUBT);

/** The pool after an epoch: what was known fades a little, what is new is added. */
export function pooled(before: Tries, fresh: Tries, epochSeconds: number): Tries {
  return {
    tries: faded(before.tries, epochSeconds) + fresh.tries,
    proofs: faded(before.proofs, epochSeconds) + fresh.proofs,
  };
}

const faded = (count: number, epochSeconds: number) =>
  count - Math.floor((count * Math.min(epochSeconds, MEMORY_SECONDS)) / MEMORY_SECONDS);

/** Score test, exact: (P·N − S)² > z²·N·P·(1 − P) and S/N < P. */
function isBelow({ tries, proofs }: Tries, limit: bigint, zMilli: bigint): boolean {
  if (proofs < FEWEST_PROOFS) return false;
  const n = BigInt(tries);
  const missing = limit * n - BigInt(proofs) * BILLION;
  return missing > 0n && missing * missing * 1_000_000n > zMilli * zMilli * n * limit * (BILLION - limit);
}

/** Wilson interval of proofs/tries at z = 1.96, in 10^−9. */
function wilson({ tries, proofs }: Tries): [low: bigint, high: bigint] {
  const n = BigInt(tries);
  const s = BigInt(proofs);
  // z = 1.96 = 49/25: (s + z²/2 ± z·√(s(n − s)/n + z²/4)) / (n + z²), all times 1250 = 2·25²
  const middle = (1250n * s + 2401n) * BILLION;
  const spread = 49n * squareRoot(((2500n * s * (n - s)) / n + 2401n) * BILLION * BILLION);
  const all = 1250n * n + 4802n;
  const low = (middle - spread) / all;
  return [low > 0n ? low : 0n, (middle + spread) / all];
}

/** −ln(1 − p) in 1/10000, at most 10000; p in 10^−9. */
function fractionBps(p: bigint): number {
  if (p >= WHOLE) return 10_000;
  return Number(naturalLog(BILLION, BILLION - p) / 100_000n);
}

/** ln(a/b) in 10^−9 for a ≥ b > 0: halved until near 1, then 2·artanh((a − b)/(a + b)). */
function naturalLog(a: bigint, b: bigint): bigint {
  const ONE = 10n ** 18n;
  const LN2 = 693_147_180_559_945_309n;
  const numerator = a;
  let denominator = b;
  let whole = 0n;
  while (numerator > 2n * denominator) {
    denominator *= 2n;
    whole += LN2;
  }
  const x = ((numerator - denominator) * ONE) / (numerator + denominator);
  const square = (x * x) / ONE;
  let sum = 0n;
  for (let power = x, odd = 1n; power > 0n; power = (power * square) / ONE, odd += 2n) sum += power / odd;
  return (whole + 2n * sum) / BILLION;
}

/** Largest integer whose square is not above n (Newton). */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
