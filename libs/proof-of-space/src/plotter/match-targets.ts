import { EXTRA_BITS_POW, PARAM_B, PARAM_BC, PARAM_C } from '../constants.js';

let targets: Uint16Array | undefined;

/**
 * For the parity p of a left bucket and a remainder a = y mod BC, the 64 remainders in the next bucket that match,
 * at `(p * BC + a) * 64`. Source: chiapos `load_tables` in `calculate_bucket.hpp`.
 */
export function matchTargets(): Uint16Array {
  if (targets) return targets;
  targets = new Uint16Array(2 * PARAM_BC * EXTRA_BITS_POW);
  let at = 0;
  for (let parity = 0; parity < 2; parity++) {
    for (let a = 0; a < PARAM_BC; a++) {
      const row = Math.floor(a / PARAM_C);
      for (let m = 0; m < EXTRA_BITS_POW; m++) {
        const step = 2 * m + parity;
        targets[at++] = ((row + m) % PARAM_B) * PARAM_C + ((step * step + a) % PARAM_C);
      }
    }
  }
  return targets;
}
