/**
 * Normalized symbol counts of the entropy coder (table log 14) for each table's deltas. Source: chiapos
 * `Encoding::CreateNormalizedCount` for the R values of `pos_constants.hpp`. They are shipped, not computed, so
 * that no platform's `pow` or `log2` can change a byte of a plot.
 *
 * `frequent` lists the symbols with a count; the symbols that follow, up to `symbols`, are rare ones (-1).
 */
export interface DeltaDistribution {
  readonly frequent: readonly number[];
  readonly symbols: number;
}

/** R = 4.7. */
const P1: DeltaDistribution = {
  symbols: 255,
  frequent: [
    1504, 2811, 2273, 1837, 1485, 1200, 970, 784, 634, 512, 414, 335, 271, 219, 177, 143, 116, 93, 76, 61, 49,
    40, 32, 26, 21, 17, 14, 11, 9, 7, 6, 5, 4, 3, 3, 2, 2,
  ],
};

/** R = 2.75, for two tables. */
const P2: DeltaDistribution = {
  symbols: 255,
  frequent: [
    2482, 4169, 2898, 2015, 1400, 973, 677, 470, 327, 227, 158, 110, 76, 53, 37, 26, 18, 12, 9, 6, 4, 3, 2,
  ],
};

/** R = 2.7. */
const P4: DeltaDistribution = {
  symbols: 255,
  frequent: [
    2524, 4219, 2913, 2011, 1389, 959, 662, 457, 316, 218, 151, 104, 72, 50, 34, 24, 16, 11, 8, 5, 4, 3, 2,
  ],
};

/** R = 2.6. */
const P5: DeltaDistribution = {
  symbols: 255,
  frequent: [
    2613, 4324, 2943, 2004, 1364, 928, 632, 430, 293, 199, 136, 92, 63, 43, 29, 20, 14, 9, 6, 4, 3, 2,
  ],
};

/** R = 2.45. */
const P6: DeltaDistribution = {
  symbols: 255,
  frequent: [2758, 4489, 2985, 1985, 1319, 877, 583, 388, 258, 171, 114, 76, 50, 34, 22, 15, 10, 7, 4, 3, 2],
};

/** R = 1. */
const C3: DeltaDistribution = {
  symbols: 116,
  frequent: [5989, 6505, 2393, 880, 324, 119, 44, 16, 6, 2],
};

/** Distributions of the deltas of P1..P6, at index 1..6. */
export const PARK_DISTRIBUTIONS: readonly (DeltaDistribution | undefined)[] = [
  undefined,
  P1,
  P2,
  P2,
  P4,
  P5,
  P6,
];

/** Distribution of the f7 deltas of C3. */
export const C3_DISTRIBUTION: DeltaDistribution = C3;
