import type { Entropy } from '../platform/entropy.js';

/** Half to one and a half of so many seconds from `now`, so that nobody knows when. */
export function randomTime(entropy: Entropy, now: Date, seconds: number): Date {
  const lot = Buffer.from(entropy.bytes(4)).readUInt32BE() / 2 ** 32;
  return new Date(now.getTime() + seconds * 1000 * (0.5 + lot));
}
