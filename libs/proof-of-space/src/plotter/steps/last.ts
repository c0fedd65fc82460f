import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK } from '../../constants.js';
import { checkpointBytes } from '../../sizes.js';
import { f7Bytes, valueBytes } from '../compress/widths.js';
import { plotterFailure } from '../disk-errors.js';
import type { WriteLastStage } from '../stages/stage.js';
import { writeWhole } from '../store/file-stream.js';
import { type Step, sharedCounts } from './step.js';

/** Entries that are packed at once: some parks of P7, some blocks of C3. */
const P7_ENTRIES = 16 * ENTRIES_PER_PARK;
const C3_ENTRIES = 4 * CHECKPOINT_INTERVAL;
/** The most of them, with one that a last block may have more. */
export const PACKED_ENTRIES = C3_ENTRIES + 1;

/** Phase 4. Source: chiapos `phase4.hpp`. */
export const lastSteps: readonly Step[] = [sortLast(), writeLast()];

function sortLast(): Step {
  return {
    phase: 'write',
    table: 7,
    weight: 2,
    async run({ geometry, crew, space, state }) {
      const { k, buckets, bucketCapacity } = geometry;
      const bytes = space.stream('last', 'first', {
        buckets,
        capacity: bucketCapacity * (f7Bytes(k) + valueBytes(k, 7)),
        elementBytes: 1,
      });
      const table = state.tables[7]!;
      const ranks = state.ranks!;
      const sorted = { bytes, positionsAt: bucketCapacity * f7Bytes(k) };
      await crew.run({ kind: 'sortLast', tasks: buckets, table, ranks, sorted });
      state.sorted = sorted;
      state.ranks = null;
      return [table.entries, ranks.pairs];
    },
  };
}

function writeLast(): Step {
  return {
    phase: 'write',
    table: 7,
    weight: 2,
    async run({ identity, crew, state, file, layout }) {
      const { pointers, lastEntries, c1Entries } = layout();
      const bases = [0];
      for (const count of new Uint32Array(state.tables[7]!.sizes)) bases.push(bases.at(-1)! + count);
      const ranges = [...p7Ranges(lastEntries), ...c3Ranges(lastEntries)];
      const c1 = sharedCounts(2 * c1Entries);
      const fileEnd = sharedCounts(2);
      new Float64Array(fileEnd)[0] = pointers[9]!;
      await crew.run({
        kind: 'writeLast',
        tasks: ranges.length,
        sorted: state.sorted!,
        bases,
        ranges,
        entries: lastEntries,
        file,
        p7Start: pointers[6]!,
        c3Start: pointers[9]!,
        c1,
        fileEnd,
      });
      const firsts = new Float64Array(c1).subarray(0, c1Entries);
      finishFile(file, new Float64Array(fileEnd)[0]!, [
        [pointers[7]!, encodeCheckpoints(identity.k, firsts, 1)],
        [pointers[8]!, encodeCheckpoints(identity.k, firsts, CHECKPOINT_INTERVAL)],
      ]);
      return [state.sorted!.bytes];
    },
  };
}

function p7Ranges(entries: number): WriteLastStage['ranges'] {
  return rangesOf('P7', entries, P7_ENTRIES);
}

/** A last block of one entry alone goes with those before it, because it decides how the one before ends. */
function c3Ranges(entries: number): WriteLastStage['ranges'] {
  const ranges = rangesOf('C3', entries, C3_ENTRIES);
  const last = ranges.at(-1);
  if (!last || ranges.length === 1 || last.end - last.first > 1) return ranges;
  return [...ranges.slice(0, -2), { ...ranges.at(-2)!, end: last.end }];
}

function rangesOf(table: 'P7' | 'C3', entries: number, step: number) {
  return Array.from({ length: Math.ceil(entries / step) }, (_, index) => ({
    table,
    first: index * step,
    end: Math.min(entries, (index + 1) * step),
  }));
}

/** Every `interval`-th value in k bits, left aligned in whole bytes, and a zero: C1 and C2. */
function encodeCheckpoints(k: number, values: Float64Array, interval: number): Uint8Array {
  const width = checkpointBytes(k);
  const table = new Uint8Array((Math.ceil(values.length / interval) + 1) * width);
  for (let index = 0, at = 0; index < values.length; index += interval, at += width) {
    let value = BigInt(values[index]!) << BigInt(8 * width - k);
    for (let byte = width - 1; byte >= 0; byte--, value >>= 8n) table[at + byte] = Number(value & 0xffn);
  }
  return table;
}

function finishFile(file: string, end: number, parts: readonly (readonly [number, Uint8Array])[]): void {
  try {
    const fd = openSync(file, 'r+');
    try {
      for (const [position, bytes] of parts) writeWhole(fd, file, bytes, position);
      ftruncateSync(fd, end);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw plotterFailure(file, 0, cause);
  }
}
