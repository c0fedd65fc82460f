import { buildCodingTable, type CodingTable } from '../../fse/coding-table.js';
import { C3_DISTRIBUTION } from '../../fse/distributions.js';
import { TABLE_SIZE } from '../../fse/spread.js';
import { KernelMemory } from '../kernel-memory.js';
import type { CompressExports } from './compress-exports.js';

/** Bytes of a coding table: a u16 by state, two i32 for each of up to 256 symbols. */
const CODING_BYTES = 2 * TABLE_SIZE + 8 * 256;

/** Bytes that two coding tables take at the begin of the heap, before all other things. */
export const CODING_TABLES_BYTES = 2 * CODING_BYTES + 64;

/** The kernel's instance, its two coding tables, and the rest of its memory. */
export class CompressMemory extends KernelMemory {
  readonly parkCodingAt: number;
  readonly c3CodingAt: number;
  readonly c3SymbolLimit: number;

  constructor(readonly wasm: CompressExports) {
    const codingAt = Math.ceil(wasm.heapStart() / 64) * 64;
    super(wasm.memory, codingAt + 2 * CODING_BYTES);
    this.parkCodingAt = codingAt;
    this.c3CodingAt = codingAt + CODING_BYTES;
    this.reserve(0);
    const c3 = buildCodingTable(C3_DISTRIBUTION);
    this.c3SymbolLimit = c3.symbolLimit;
    this.setCodingTable(this.c3CodingAt, c3);
  }

  /** Grows to hold this many bytes, so that nothing grows later. Ends all views. */
  reserve(bytes: number): void {
    this.reset();
    this.take(bytes);
    this.reset();
  }

  /** Writes a coding table as kernels/shared/fse.ts reads it. */
  setCodingTable(at: number, { symbolLimit, nextState, deltaBits, deltaState }: CodingTable): void {
    new Uint16Array(this.wasm.memory.buffer, at, TABLE_SIZE).set(nextState);
    const symbols = new Int32Array(this.wasm.memory.buffer, at + 2 * TABLE_SIZE, 2 * symbolLimit);
    for (let symbol = 0; symbol < symbolLimit; symbol++) {
      symbols[2 * symbol] = deltaBits[symbol]!;
      symbols[2 * symbol + 1] = deltaState[symbol]!;
    }
  }
}

/** Bytes with the alignment of each area. */
export function areas(...bytes: readonly number[]): number {
  return bytes.reduce((sum, area) => sum + area + 64, 0);
}
