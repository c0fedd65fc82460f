import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK, PLOT_ID_BYTES } from '../constants.js';
import { PLOT_MAGIC, PLOT_VERSION, type PlotIdentity } from '../reader/header.js';
import { c3BlockBytes, checkpointBytes, headerBytes, p7ParkBytes, parkBytes } from '../sizes.js';

/** Where the tables of a plot come to lie, which their numbers of entries decide. */
export interface PlotLayout {
  /** Entries of P1..P6 at index 1..6. */
  readonly entries: readonly number[];
  /** Entries of P7 and C3. */
  readonly lastEntries: number;
  readonly c1Entries: number;
  /** Begins of P1..P7, C1, C2, C3. */
  readonly pointers: readonly number[];
  readonly bytes: number;
}

/**
 * A last park of a single entry has no deltas, and the reference then leaves its place empty: that entry is lost,
 * and when it is one of P6 the last entry of P7 with it. Byte identity wants the same here (about one plot in
 * 340 has such a park).
 */
export function entriesWritten(entries: number): number {
  return entries % ENTRIES_PER_PARK === 1 ? entries - 1 : entries;
}

/** @param entries of P1..P6 at index 1..6 */
export function layOut(k: number, memoBytes: number, entries: readonly number[]): PlotLayout {
  const pointers = [headerBytes(memoBytes)];
  const push = (bytes: number) => pointers.push(pointers.at(-1)! + bytes);
  for (let table = 1; table <= 6; table++) {
    push(Math.ceil(entries[table]! / ENTRIES_PER_PARK) * parkBytes(k, table));
  }
  const lastEntries = entriesWritten(entries[6]!);
  push(Math.max(1, Math.ceil(lastEntries / ENTRIES_PER_PARK)) * p7ParkBytes(k));
  const c1Entries = Math.ceil(lastEntries / CHECKPOINT_INTERVAL);
  push((c1Entries + 1) * checkpointBytes(k));
  push((Math.ceil(c1Entries / CHECKPOINT_INTERVAL) + 1) * checkpointBytes(k));
  return { entries, lastEntries, c1Entries, pointers, bytes: pointers[9]! + c1Entries * c3BlockBytes(k) };
}

/** The header with its ten table pointers. Source: chiapos `DiskPlotter::WriteHeader`. */
export function encodeHeader({ plotId, k, memo }: PlotIdentity, layout: PlotLayout): Uint8Array {
  const header = new Uint8Array(headerBytes(memo.length));
  const view = new DataView(header.buffer);
  const text = new TextEncoder();
  header.set(text.encode(PLOT_MAGIC));
  let at = PLOT_MAGIC.length;
  header.set(plotId, at);
  at += PLOT_ID_BYTES;
  header[at++] = k;
  view.setUint16(at, PLOT_VERSION.length);
  header.set(text.encode(PLOT_VERSION), at + 2);
  at += 2 + PLOT_VERSION.length;
  view.setUint16(at, memo.length);
  header.set(memo, at + 2);
  at += 2 + memo.length;
  for (const [index, pointer] of layout.pointers.entries())
    view.setBigUint64(at + 8 * index, BigInt(pointer));
  return header;
}
