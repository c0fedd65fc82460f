import { EXTRA_BITS_POW, PARAM_B, PARAM_BC, PARAM_C } from '../constants.js';

/** Columns are laid out twice and rows once more as far as m reaches, so that no lookup has to wrap around. */
const WIDTH = 2 * PARAM_C;
const ROWS = PARAM_B + EXTRA_BITS_POW - 1;

/**
 * Distance from a left entry's cell to the 64 cells that match it, for buckets of parity 0 and then 1. Source:
 * chiapos `load_tables` in `calculate_bucket.hpp`.
 */
export const MATCH_OFFSETS = new Int32Array(2 * EXTRA_BITS_POW);
for (let i = 0; i < MATCH_OFFSETS.length; i++) {
  const m = i % EXTRA_BITS_POW;
  const step = 2 * m + Math.floor(i / EXTRA_BITS_POW);
  MATCH_OFFSETS[i] = m * WIDTH + ((step * step) % PARAM_C);
}

/**
 * The entries of a right bucket by remainder y mod BC, as B rows of C columns. Asking `cells` costs one addition and
 * one read of 46 KB that stay in the cache; a table of all targets (3.9 MB) takes twice the time.
 */
export class MatchGrid {
  readonly cells = new Uint8Array(ROWS * WIDTH);
  private readonly head = new Uint16Array(PARAM_BC);
  private readonly next: Uint16Array;

  /** @param largest entries of the largest bucket */
  constructor(largest: number) {
    this.next = new Uint16Array(largest + 1);
  }

  /** The cell of a remainder. */
  static cell(rest: number): number {
    const row = Math.floor(rest / PARAM_C);
    return row * WIDTH + rest - row * PARAM_C;
  }

  /** Takes the entries `y[start, end)` of the bucket whose y begin at `base`. */
  fill(y: Uint32Array, start: number, end: number, base: number): void {
    const { cells, head, next } = this;
    cells.fill(0);
    head.fill(0);
    for (let i = start; i < end; i++) {
      const rest = y[i]! - base;
      const number = i - start + 1;
      next[number] = head[rest]!;
      head[rest] = number;
      const cell = MatchGrid.cell(rest);
      cells[cell] = 1;
      cells[cell + PARAM_C] = 1;
      if (cell < (EXTRA_BITS_POW - 1) * WIDTH) {
        cells[cell + PARAM_B * WIDTH] = 1;
        cells[cell + PARAM_B * WIDTH + PARAM_C] = 1;
      }
    }
  }

  /** The number (from 1) of an entry in a cell that is set. */
  first(cell: number): number {
    const row = Math.floor(cell / WIDTH);
    return this.head[(row % PARAM_B) * PARAM_C + ((cell - row * WIDTH) % PARAM_C)]!;
  }

  /** The number of the next entry with the same remainder, or 0. */
  after(number: number): number {
    return this.next[number]!;
  }
}
