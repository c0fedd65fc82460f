import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK } from './constants.js';
import { c3BlockBytes, checkpointBytes, headerBytes, p7ParkBytes, parkBytes } from './sizes.js';

/**
 * size(k) = (2k + 1) * 2^(k - 1) bytes: the size by which Chia's consensus counts a plot, and so its plot
 * equivalents. Real files have about 0.78 of it. Source: chia-blockchain `consensus/pos_quality.py`.
 */
export function expectedPlotBytes(k: number): bigint {
  return BigInt(2 * k + 1) << BigInt(k - 1);
}

/** Entries of P1..P6 per 2^k: tables lose what no entry of the next one descends from. Measured at k = 18..25. */
const ENTRIES_KEPT = [0, 0.801, 0.803, 0.809, 0.823, 0.865, 1] as const;

/** Small plots differ more from one another: the spread of table 7 is about 32 * 2^(-k/2). */
function margin(k: number): number {
  return 1.005 + 96 * 2 ** (-k / 2);
}

/** The size a plot file of this k has at most, nearly always, in bytes: what to reserve before it is made. */
export function estimatedFileBytes(k: number): number {
  let bytes = 0;
  const parks = (entries: number) => Math.ceil(entries / ENTRIES_PER_PARK);
  for (let table = 1; table <= 6; table++)
    bytes += parks(ENTRIES_KEPT[table]! * 2 ** k) * parkBytes(k, table);
  bytes += parks(2 ** k) * p7ParkBytes(k);
  const checkpoints = Math.ceil(2 ** k / CHECKPOINT_INTERVAL);
  bytes += checkpoints * (checkpointBytes(k) + c3BlockBytes(k)) + headerBytes(128);
  return Math.ceil(bytes * margin(k));
}
