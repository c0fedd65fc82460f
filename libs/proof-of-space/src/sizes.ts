import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK, STUB_MINUS_BITS } from './constants.js';

const bytesFor = (bits: number): number => Math.ceil(bits / 8);

/** Bits of a stub. */
export function stubBits(k: number): number {
  return k - STUB_MINUS_BITS;
}

/** Bytes of the first line point of a park. */
export function linePointBytes(k: number): number {
  return bytesFor(2 * k);
}

/** Bytes of the stubs of a park. */
export function stubsBytes(k: number): number {
  return bytesFor((ENTRIES_PER_PARK - 1) * stubBits(k));
}

/** Bytes for the size and the coded deltas of a park. Source: chiapos `EntrySizes::CalculateMaxDeltasSize`. */
export function deltasBytes(table: number): number {
  return bytesFor((ENTRIES_PER_PARK - 1) * (table === 1 ? 5.6 : 3.5));
}

/** Bytes of a park of P1..P6. */
export function parkBytes(k: number, table: number): number {
  return linePointBytes(k) + stubsBytes(k) + deltasBytes(table);
}

/** Bytes of a park of P7: 2048 positions of k + 1 bits. */
export function p7ParkBytes(k: number): number {
  return bytesFor((k + 1) * ENTRIES_PER_PARK);
}

/** Bytes of an entry of C1 and C2. */
export function checkpointBytes(k: number): number {
  return bytesFor(k);
}

/** Bytes of a block of C3: small plots vary more and get a whole byte an entry. */
export function c3BlockBytes(k: number): number {
  return k < 20 ? CHECKPOINT_INTERVAL : bytesFor(2.4 * CHECKPOINT_INTERVAL);
}

/** Bytes of the header before the tables. */
export function headerBytes(memoBytes: number): number {
  return 140 + memoBytes;
}
