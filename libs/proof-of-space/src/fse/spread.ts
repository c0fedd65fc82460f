import type { DeltaDistribution } from './distributions.js';

export const TABLE_LOG = 14;
export const TABLE_SIZE = 1 << TABLE_LOG;

/** The normalized count of a symbol: -1 for a rare one. */
export function countOf(distribution: DeltaDistribution, symbol: number): number {
  return distribution.frequent[symbol] ?? -1;
}

/**
 * Which symbol each state stands for: rare symbols from the top down, the others spread with a fixed step. Source:
 * FiniteStateEntropy `FSE_buildDTable`, shared by coder and decoder.
 */
export function spreadSymbols(distribution: DeltaDistribution): Uint8Array {
  const table = new Uint8Array(TABLE_SIZE);
  const step = (TABLE_SIZE >>> 1) + (TABLE_SIZE >>> 3) + 3;
  let high = TABLE_SIZE - 1;
  for (let symbol = distribution.frequent.length; symbol < distribution.symbols; symbol++)
    table[high--] = symbol;
  let position = 0;
  for (let symbol = 0; symbol < distribution.frequent.length; symbol++) {
    for (let i = 0; i < distribution.frequent[symbol]!; i++) {
      table[position] = symbol;
      do position = (position + step) & (TABLE_SIZE - 1);
      while (position > high);
    }
  }
  return table;
}
