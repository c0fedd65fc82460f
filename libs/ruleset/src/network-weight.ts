/** What the center measured of a node's connection in an epoch; null: unknown, because nothing was measured. */
export interface NetworkMeasures {
  /** Pings that were sent to the node while it was connected, and those that it did not echo in time. */
  pings: number;
  lost: number;
  /** Middle round trip of the echoed pings, microseconds. */
  roundTripUs: number | null;
  /** Middle time from a round's sending to the receipt of this node's answer, milliseconds. */
  answerMs: number | null;
  /** Middle speed of payloads to the node, and back from it; a payload that was not answered counts as 0. */
  downBytesPerSecond: number | null;
  upBytesPerSecond: number | null;
}

export const unmeasured: NetworkMeasures = {
  pings: 0,
  lost: 0,
  roundTripUs: null,
  answerMs: null,
  downBytesPerSecond: null,
  upBytesPerSecond: null,
};

const PPM = 1_000_000;
/** The weight of a node whose connection is as bad as can be. */
export const LEAST_WEIGHT_PPM = 800_000;
/** Fewer pings than these say nothing of loss. */
const FEWEST_PINGS = 8;

/** From `none` on a measure earns nothing, from `full` on all of its shares; in between in proportion. */
interface Measure {
  shares: number;
  full: number;
  none: number;
}

/**
 * Loss and answers count most: a farmer needs proofs that come, and in time. Everything within `full` is usual for a
 * home connection on another continent: 300 ms, 1 % lost, a quarter of a round's 20 s, 2 Mbit/s.
 */
const loss: Measure = { shares: 3, full: 10_000, none: 200_000 };
const answer: Measure = { shares: 3, full: 5_000, none: 20_000 };
const roundTrip: Measure = { shares: 2, full: 300_000, none: 2_000_000 };
const speed: Measure = { shares: 1, full: 262_144, none: 32_768 };

/**
 * The network weight of a node, 800000 … 1000000 millionths of what its storage earns otherwise. Better measures never
 * lower it. An unknown measure is left out and the others count for it, so that nobody loses by what the center did not
 * measure; where nothing is known the weight is whole. Takes integers of any size from 0 on; gives integers, rounded
 * down.
 */
export function networkWeightPpm(measures: NetworkMeasures): number {
  const { pings, lost, roundTripUs, answerMs, downBytesPerSecond, upBytesPerSecond } = measures;
  const lossPpm =
    pings < FEWEST_PINGS ? null : Number((BigInt(Math.min(lost, pings)) * BigInt(PPM)) / BigInt(pings));
  const known = [
    scored(loss, lossPpm),
    scored(answer, answerMs),
    scored(roundTrip, roundTripUs),
    scored(speed, downBytesPerSecond),
    scored(speed, upBytesPerSecond),
  ].filter((score) => score !== null);
  const shares = known.reduce((sum, score) => sum + score.shares, 0);
  if (shares === 0) return PPM;
  const earned = known.reduce((sum, score) => sum + score.shares * score.ppm, 0);
  return LEAST_WEIGHT_PPM + Math.floor(((PPM - LEAST_WEIGHT_PPM) * earned) / (shares * PPM));
}

/** What a measure earns of its shares, in millionths; null when it is unknown. Products stay far below 2^53. */
function scored({ shares, full, none }: Measure, value: number | null) {
  if (value === null) return null;
  const [low, high] = full < none ? [full, none] : [none, full];
  const within = Math.min(Math.max(value, low), high);
  return { shares, ppm: Math.floor(((none - within) * PPM) / (none - full)) };
}
