import { EXTRA_BITS, METADATA_MULTIPLES, PARAM_BC } from '../constants.js';
import type { CompressShape } from './compress/compress-table.js';

/** An entry's y, relative to its bucket. */
const Y_BYTES = 4;
/** Bits of f7 within a bucket that the kernel takes. */
const MAX_LAST_BITS = 25;
/** Line points have 2k - 1 bits; the kernel takes 58 within a bucket, and a bucket is a little wider than its share. */
const MAX_POINT_BITS = 58;
const LINK_BITS = { slot: 25, bucket: 12 } as const;

/** How a plot's tables are cut into buckets. */
export interface Geometry {
  readonly k: number;
  /** Buckets asked for, a power of two: those of table 7 and of sources of table 1. */
  readonly buckets: number;
  /** Buckets by y of tables 1..6; at most `buckets`. */
  readonly yBuckets: number;
  /** Matching groups of a y bucket, even, so that the first group of each has an even number. */
  readonly groups: number;
  /** y values of a y bucket. */
  readonly width: number;
  /** Buckets of line points. */
  readonly pointBuckets: number;
  /** Bits of f7 within a bucket of table 7. */
  readonly lastBits: number;
  /** Values of x of a source of table 1. */
  readonly xPerSource: number;
  /** Entries that a bucket of any table may have. */
  readonly bucketCapacity: number;
  /** Entries that one source may send to one bucket. */
  readonly runCapacity: number;
  /** Entries of the first group of a bucket; and those that one source may make. */
  readonly edgeCapacity: number;
}

/**
 * Tables vary in size by about 40 / 2^(k/2), the seventh most (one of k=18 had 0.894 of 2^k); ten times that leaves
 * room in every bucket. Space that is never touched is never taken.
 */
export function tableSlack(k: number): number {
  return Math.min(1, 400 * 2 ** (-k / 2));
}

/** Room for a number of things of which `mean` are expected: twelve standard deviations more. */
export function roomFor(mean: number): number {
  return Math.ceil(mean + 12 * Math.sqrt(mean) + 16);
}

/** @param buckets a power of two, 16..4096 */
export function geometryOf(k: number, buckets: number): Geometry {
  const allGroups = Math.ceil(2 ** (k + EXTRA_BITS) / PARAM_BC);
  const groups = 2 * Math.ceil(allGroups / buckets / 2);
  const yBuckets = Math.ceil(allGroups / groups);
  const mean = 2 ** k / yBuckets;
  const perGroup = PARAM_BC / 2 ** EXTRA_BITS;
  const bucketCapacity = 8 * Math.ceil(roomFor(mean * (1 + tableSlack(k))) / 8);
  return {
    k,
    buckets,
    yBuckets,
    groups,
    width: groups * PARAM_BC,
    pointBuckets: Math.max(buckets, 2 ** Math.max(0, 2 * k - MAX_POINT_BITS)),
    lastBits: k - Math.log2(buckets),
    xPerSource: 2 ** k / buckets,
    bucketCapacity,
    runCapacity: roomFor(bucketCapacity / yBuckets),
    edgeCapacity: roomFor(2 * perGroup * (1 + tableSlack(k))),
  };
}

/** Why a number of buckets cannot serve this k, or null when it can. */
export function geometryFault({ k, width, bucketCapacity, buckets, lastBits }: Geometry): string | null {
  if (width + PARAM_BC >= 2 ** 32) return `k=${k} needs more than ${buckets} buckets`;
  if (bucketCapacity >= 2 ** LINK_BITS.slot) return `k=${k} needs more than ${buckets} buckets`;
  if (buckets > 2 ** LINK_BITS.bucket) return `${buckets} buckets are too many`;
  if (lastBits > MAX_LAST_BITS) return `k=${k} needs more than ${buckets} buckets`;
  if (2 ** k / buckets < 8192) return `k=${k} is too small for ${buckets} buckets`;
  return null;
}

/** Bytes of an entry of table 1..7 as the kernel keeps it. */
export function entryBytes(k: number, table: number): number {
  if (table === 1) return Y_BYTES + xBytes(k);
  return Y_BYTES + 8 * Math.ceil((METADATA_MULTIPLES[table]! * k) / 64);
}

/** Bytes of an x, or of a position in a table. */
export function xBytes(k: number): number {
  return k <= 32 ? 4 : 8;
}

/** Bytes of a link record. */
export const LINK_BYTES = 8;

/** The same for the kernel of phases 3 and 4. */
export function compressShape({ k, buckets, pointBuckets, lastBits }: Geometry): CompressShape {
  return { k, buckets, linePointBuckets: pointBuckets, lastBits };
}
