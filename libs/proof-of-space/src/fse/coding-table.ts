import type { DeltaDistribution } from './distributions.js';
import { countOf, spreadSymbols, TABLE_LOG, TABLE_SIZE } from './spread.js';

/** What the coder looks up for each symbol. Source: FiniteStateEntropy `FSE_buildCTable_wksp`. */
export interface CodingTable {
  /** Symbols at or above this number cannot be encoded. */
  readonly symbolLimit: number;
  /** By (state >>> bits) + `deltaState` of the symbol: the state that follows. */
  readonly nextState: Uint16Array;
  /** By symbol: (state + this) >>> 16 is the number of bits to write. */
  readonly deltaBits: Int32Array;
  readonly deltaState: Int32Array;
}

export function buildCodingTable(distribution: DeltaDistribution): CodingTable {
  const limit = distribution.symbols;
  const nextState = new Uint16Array(TABLE_SIZE);
  const deltaBits = new Int32Array(limit);
  const deltaState = new Int32Array(limit);
  const start = new Uint32Array(limit + 1);
  for (let symbol = 0; symbol < limit; symbol++) {
    const count = Math.abs(countOf(distribution, symbol));
    const total = start[symbol]!;
    start[symbol + 1] = total + count;
    const maxBits = count === 1 ? TABLE_LOG : TABLE_LOG - (31 - Math.clz32(count - 1));
    deltaBits[symbol] = (maxBits << 16) - (count === 1 ? TABLE_SIZE : count << maxBits);
    deltaState[symbol] = total - count;
  }
  const symbols = spreadSymbols(distribution);
  for (let state = 0; state < TABLE_SIZE; state++) {
    nextState[start[symbols[state]!]!++] = TABLE_SIZE + state;
  }
  return { symbolLimit: limit, nextState, deltaBits, deltaState };
}
