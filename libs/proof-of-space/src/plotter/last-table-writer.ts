import { CHECKPOINT_INTERVAL, ENTRIES_PER_PARK } from '../constants.js';
import { PlotterError } from '../errors.js';
import { C3_DISTRIBUTION } from '../fse/distributions.js';
import { FseEncoder } from '../fse/encoder.js';
import { c3BlockBytes, checkpointBytes, p7ParkBytes } from '../sizes.js';
import { BitWriter } from './bit-writer.js';
import type { PlotSink } from './sink.js';

/**
 * Writes P7, C1, C2 and C3. Source: chiapos `RunPhase4`.
 *
 * @param entries f7 * 2^(k + 1) + position in P6, ascending
 */
export function writeLastTables(k: number, entries: Float64Array, sink: PlotSink): void {
  const base = 2 ** (k + 1);
  writeP7(k, base, entries, sink);
  const f7s = new Uint32Array(entries.length);
  for (let i = 0; i < f7s.length; i++) f7s[i] = Math.floor(entries[i]! / base);
  writeCheckpoints(k, f7s, CHECKPOINT_INTERVAL, sink);
  writeCheckpoints(k, f7s, CHECKPOINT_INTERVAL * CHECKPOINT_INTERVAL, sink);
  writeC3(k, f7s, sink);
}

function writeP7(k: number, base: number, entries: Float64Array, sink: PlotSink): void {
  const park = new Uint8Array(p7ParkBytes(k));
  for (let start = 0; start < entries.length || start === 0; start += ENTRIES_PER_PARK) {
    park.fill(0);
    const writer = new BitWriter(park, 0);
    const end = Math.min(entries.length, start + ENTRIES_PER_PARK);
    for (let i = start; i < end; i++) {
      // k + 1 bits, because P6 has an entry for each of table 7 and may have more than 2^k.
      const position = entries[i]! % base;
      writer.write(Math.floor(position / 2 ** k), 1);
      writer.write(position % 2 ** k, k);
    }
    writer.flush();
    sink.write(park);
  }
}

/** Every `interval`-th f7 and a zero: C1 and C2. */
function writeCheckpoints(k: number, f7s: Uint32Array, interval: number, sink: PlotSink): void {
  const width = checkpointBytes(k);
  const table = new Uint8Array((Math.ceil(f7s.length / interval) + 1) * width);
  for (let i = 0, at = 0; i < f7s.length; i += interval, at += width) {
    const writer = new BitWriter(table, at);
    writer.write(f7s[i]!, k);
    writer.flush();
  }
  sink.write(table);
}

function writeC3(k: number, f7s: Uint32Array, sink: PlotSink): void {
  const encoder = new FseEncoder(C3_DISTRIBUTION);
  const deltas = new Uint8Array(CHECKPOINT_INTERVAL);
  const block = new Uint8Array(2 * CHECKPOINT_INTERVAL + 7);
  const size = c3BlockBytes(k);
  for (let start = 0; start < f7s.length; start += CHECKPOINT_INTERVAL) {
    const end = Math.min(f7s.length, start + CHECKPOINT_INTERVAL);
    const count = end - start - 1;
    // The reference does not write a last block without deltas.
    if (count === 0) return;
    for (let i = 0; i < count; i++) {
      const delta = f7s[start + i + 1]! - f7s[start + i]!;
      if (delta >= encoder.symbolLimit) throw overflow();
      deltas[i] = delta;
    }
    block.fill(0);
    const coded = encoder.encode(deltas, count, block, 2);
    if (coded + 2 > size) throw overflow();
    block[0] = coded >>> 8;
    block[1] = coded;
    // Nor does it then pad the block before, because it pads by writing the next one.
    sink.write(block.subarray(0, f7s.length - end === 1 ? coded + 2 : size));
  }
}

function overflow(): PlotterError {
  return new PlotterError('plotter_failed', 'The deltas of a block of C3 do not fit their place');
}
