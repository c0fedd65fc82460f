import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { limits } from './limits.js';

/** All plots are due at this threshold; half of them at half of it. */
export const EVERY_PLOT = 2 ** 32;

/**
 * The beacon of round `index`: sha256(epoch secret ‖ u64be index ‖ block hash, 32 bytes or nothing).
 * The secret's hash is published before the epoch and the secret after it, so anyone can redo the draw.
 */
export function beaconOf(epochSecret: Uint8Array, index: number, blockHash?: Uint8Array): Uint8Array {
  const position = new Uint8Array(8);
  new DataView(position.buffer).setBigUint64(0, BigInt(index));
  return sha256(concatBytes(epochSecret, position, blockHash ?? new Uint8Array(0)));
}

/** h = sha256(plotId ‖ beacon): the plot's lot in the round. */
export function lotOf(plotId: Uint8Array, beacon: Uint8Array): Uint8Array {
  return sha256(concatBytes(plotId, beacon));
}

/** A plot is due when the first four bytes of its lot, big-endian, fall under `threshold` (0 … 2^32). */
export function isDue(lot: Uint8Array, threshold: number): boolean {
  return new DataView(lot.buffer, lot.byteOffset, 4).getUint32(0) < threshold;
}

/** Sub-challenge `index` (0 … 15) of a lot: sha256(lot ‖ index byte). */
export function subChallenge(lot: Uint8Array, index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index >= limits.subChallenges) {
    throw new RangeError(`sub-challenge ${index}`);
  }
  return sha256(concatBytes(lot, Uint8Array.of(index)));
}

/** What decides how often a node is asked. */
export interface CheckRate {
  /** How often each plot is due, on average. */
  checksPerPlotPerDay: number;
  /** How often a node is asked at least, however few plots it keeps. */
  nodeChecksPerDay: number;
  roundSeconds: number;
}

/** A node in doubt is asked this many times as often, until it is clear. */
export const DOUBT_FACTOR = 12;

/**
 * The threshold of a node that keeps `plots` plots: a plot is due `checksPerPlotPerDay` times a day, and a node with few
 * plots often enough for `nodeChecksPerDay`. Integers, rounded up; at most every plot in every round.
 */
export function thresholdOf(plots: number, rate: CheckRate, inDoubt = false): number {
  const factor = inDoubt ? DOUBT_FACTOR : 1;
  const perPlot = BigInt(rate.checksPerPlotPerDay * factor);
  const perNode = BigInt(rate.nodeChecksPerDay * factor);
  const perDay = perPlot * BigInt(plots) > perNode ? perPlot * BigInt(plots) : perNode;
  const parts = 86_400n * BigInt(Math.max(1, plots));
  const threshold = (perDay * BigInt(rate.roundSeconds) * BigInt(EVERY_PLOT) + parts - 1n) / parts;
  return threshold > BigInt(EVERY_PLOT) ? EVERY_PLOT : Number(threshold);
}
