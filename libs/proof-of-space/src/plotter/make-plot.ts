import type { PlotIdentity } from '../reader/header.js';
import { countUsed, markParents, sortedLinePoints, type Used } from './compress.js';
import { type Entries, groupEntries, type Links } from './entries.js';
import { firstTable } from './first-table.js';
import { writeLastTables } from './last-table-writer.js';
import { encodeHeader, layOut } from './layout.js';
import { nextTable } from './next-table.js';
import { ParkWriter } from './park-writer.js';
import { type PlotProgress, progressOf } from './progress.js';
import type { PlotSink } from './sink.js';
import { sortUniform } from './sort-uniform.js';

/** What phase 1 leaves: the x values of table 1, the links of tables 2..7 at index 2..7, and f7. */
interface ForwardResult {
  x: Uint32Array;
  links: (Links | undefined)[];
  f7: Uint32Array;
}

/**
 * Makes a plot in memory and writes it to `sink`, byte for byte as chiapos would. A generator: whoever drives it
 * may pause, give up, or let others run between any two steps of a few milliseconds (some hundred at large k).
 *
 * Phases: 1 forward (`firstTable`, `nextTable`), 2 backward (`markParents`), 3 compress and 4 write.
 *
 * @param onSize told the exact size of the file before its first byte is written
 * @returns the size of the file in bytes
 */
export function* makePlot(
  identity: PlotIdentity,
  sink: PlotSink,
  onSize: (bytes: number) => void = () => {},
): Generator<PlotProgress, number> {
  const { k, memo } = identity;
  const { x, links, f7 } = yield* forward(identity);

  const used: (Used | undefined)[] = [];
  const entries: number[] = [0, 0, 0, 0, 0, 0, links[7]!.count];
  for (let table = 7; table >= 3; table--) {
    yield progressOf('backward', table, 7 - table, 5, 0);
    const parents = new Uint8Array(links[table - 1]!.count);
    markParents(links[table]!, used[table], parents);
    used[table - 1] = parents;
    entries[table - 2] = countUsed(parents);
  }

  const layout = layOut(k, memo.length, entries);
  let written = 0;
  const counted: PlotSink = {
    write(bytes) {
      sink.write(bytes);
      written += bytes.length;
    },
  };
  onSize(layout.bytes);
  counted.write(encodeHeader(identity, layout));

  let positions = x;
  let limit = 2 ** k;
  for (let table = 1; table <= 6; table++) {
    yield progressOf('compress', table, table - 1, 6, 0);
    const right = links[table + 1]!;
    const sorted = sortedLinePoints(right, used[table + 1], entries[table]!, positions, limit);
    yield progressOf('compress', table, table - 1, 6, 0.5);
    const start = written;
    const tableBytes = layout.pointers[table]! - layout.pointers[table - 1]!;
    for (const parks of new ParkWriter(k, table).encode(sorted.keys)) {
      counted.write(parks);
      yield progressOf('compress', table, table - 1, 6, 0.5 + (0.5 * (written - start)) / tableBytes);
    }
    positions = new Uint32Array(right.count);
    for (let rank = 0; rank < sorted.ids.length; rank++) positions[sorted.ids[rank]!] = rank;
    limit = sorted.ids.length;
    links[table + 1] = undefined;
  }

  yield progressOf('write', 7, 0, 1, 0);
  writeLastTables(k, lastEntries(k, f7, positions).subarray(0, layout.lastEntries), counted);
  yield progressOf('write', 7, 0, 1, 1);
  return written;
}

function* forward({ plotId, k }: PlotIdentity): Generator<PlotProgress, ForwardResult> {
  const links: (Links | undefined)[] = [];
  let entries: Entries = yield* firstTable(plotId, k);
  let x: Uint32Array | undefined;
  for (let table = 2; table <= 7; table++) {
    const grouped = groupEntries(k, entries, links[table - 1]);
    if (!x) {
      x = new Uint32Array(grouped.count);
      for (let i = 0; i < x.length; i++) x[i] = grouped.meta[i]! >>> (32 - k);
    }
    const made = yield* nextTable(k, table, grouped);
    entries = made.entries;
    links[table] = made.links;
  }
  const f7 = entries.y.subarray(0, entries.count);
  for (let i = 0; i < f7.length; i++) f7[i]! >>>= 6;
  return { x: x!, links, f7 };
}

/** f7 * 2^(k + 1) + position in P6 of every entry of table 7, ascending; below 2^51 for k <= 25. */
function lastEntries(k: number, f7: Uint32Array, positions: Uint32Array): Float64Array {
  const base = 2 ** (k + 1);
  const keys = new Float64Array(f7.length);
  for (let i = 0; i < keys.length; i++) keys[i] = f7[i]! * base + positions[i]!;
  return sortUniform(keys, positions, 2 ** k * base).keys;
}
