import { buildCodingTable } from './coding-table.js';
import type { DeltaDistribution } from './distributions.js';
import { TABLE_LOG, TABLE_SIZE } from './spread.js';

/** Encodes deltas as the reference does, byte for byte. Source: FiniteStateEntropy `fse_compress.c`. */
export class FseEncoder {
  /** Symbols at or above this number cannot be encoded. */
  readonly symbolLimit: number;
  private readonly nextState: Uint16Array;
  private readonly deltaBits: Int32Array;
  private readonly deltaState: Int32Array;

  constructor(distribution: DeltaDistribution) {
    ({
      symbolLimit: this.symbolLimit,
      nextState: this.nextState,
      deltaBits: this.deltaBits,
      deltaState: this.deltaState,
    } = buildCodingTable(distribution));
  }

  /**
   * Encodes `symbols[0, count)`, all below `symbolLimit`, into `out` from `at`; `out` must have room for two bytes
   * a symbol and five more.
   *
   * @returns the size in bytes; 0 for two symbols or fewer, which the coder does not take
   */
  encode(symbols: Uint8Array, count: number, out: Uint8Array, at: number): number {
    if (count <= 2) return 0;
    const { nextState, deltaBits, deltaState } = this;
    let i = count - 1;
    let current = this.firstState(symbols[i--]!);
    let other = this.firstState(symbols[i--]!);
    let container = 0;
    let held = 0;
    let to = at;
    while (i >= 0) {
      const symbol = symbols[i--]!;
      const bits = (current + deltaBits[symbol]!) >>> 16;
      container |= (current & ((1 << bits) - 1)) << held;
      held += bits;
      while (held >= 8) {
        out[to++] = container;
        container >>>= 8;
        held -= 8;
      }
      const next = nextState[(current >>> bits) + deltaState[symbol]!]!;
      current = other;
      other = next;
    }
    // The state that would take the next symbol decodes symbol 1; the other one decodes symbol 0 and ends the stream.
    for (const state of [current, other]) {
      container |= (state & (TABLE_SIZE - 1)) << held;
      held += TABLE_LOG;
      while (held >= 8) {
        out[to++] = container;
        container >>>= 8;
        held -= 8;
      }
    }
    out[to++] = container | (1 << held);
    return to - at;
  }

  private firstState(symbol: number): number {
    const delta = this.deltaBits[symbol]!;
    const bits = (delta + (1 << 15)) >>> 16;
    const value = (bits << 16) - delta;
    return this.nextState[(value >>> bits) + this.deltaState[symbol]!]!;
  }
}
