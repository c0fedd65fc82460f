import { ENTRIES_PER_PARK } from '../constants.js';
import { PlotterError } from '../errors.js';
import { PARK_DISTRIBUTIONS } from '../fse/distributions.js';
import { FseEncoder } from '../fse/encoder.js';
import { deltasBytes, linePointBytes, parkBytes, stubBits, stubsBytes } from '../sizes.js';
import { BitWriter } from './bit-writer.js';

const PARKS_AT_ONCE = 64;

/** Encodes sorted line points as the parks of P1..P6. Source: chiapos `WriteParkToFile`. */
export class ParkWriter {
  private readonly size: number;
  private readonly encoder: FseEncoder;
  private readonly deltas = new Uint8Array(ENTRIES_PER_PARK - 1);
  private readonly coded = new Uint8Array(2 * ENTRIES_PER_PARK + 5);
  private readonly parks: Uint8Array;

  constructor(
    private readonly k: number,
    private readonly table: number,
  ) {
    this.size = parkBytes(k, table);
    this.encoder = new FseEncoder(PARK_DISTRIBUTIONS[table]!);
    this.parks = new Uint8Array(PARKS_AT_ONCE * this.size);
  }

  /** The bytes of all parks, some at a time; a chunk is good until the next one. */
  *encode(linePoints: Float64Array): Generator<Uint8Array> {
    const { parks, size } = this;
    const total = Math.ceil(linePoints.length / ENTRIES_PER_PARK);
    for (let first = 0; first < total; first += PARKS_AT_ONCE) {
      const count = Math.min(PARKS_AT_ONCE, total - first);
      parks.fill(0);
      for (let park = 0; park < count; park++) {
        const start = (first + park) * ENTRIES_PER_PARK;
        const entries = linePoints.subarray(start, start + ENTRIES_PER_PARK);
        // A last park of one entry stays empty: see `entriesWritten`.
        if (entries.length > 1) this.encodePark(entries, parks.subarray(park * size, (park + 1) * size));
      }
      yield parks.subarray(0, count * size);
    }
  }

  private encodePark(entries: Float64Array, park: Uint8Array): void {
    const { k, deltas } = this;
    const first = new BitWriter(park, 0);
    first.write(Math.floor(entries[0]! / 2 ** k), k);
    first.write(entries[0]! % 2 ** k, k);
    first.flush();

    const bits = stubBits(k);
    const divisor = 2 ** bits;
    const stubs = new BitWriter(park, linePointBytes(k));
    for (let i = 1; i < entries.length; i++) {
      const distance = entries[i]! - entries[i - 1]!;
      const delta = Math.floor(distance / divisor);
      if (delta >= this.encoder.symbolLimit) throw this.overflow();
      deltas[i - 1] = delta;
      stubs.write(distance - delta * divisor, bits);
    }
    stubs.flush();

    const at = linePointBytes(k) + stubsBytes(k);
    const count = entries.length - 1;
    const coded = this.encoder.encode(deltas, count, this.coded, 0);
    const length = coded || count;
    // Bit 15 says that the deltas were too few to be coded.
    const size = coded || count | 0x8000;
    if (length + 2 > deltasBytes(this.table)) throw this.overflow();
    park[at] = size;
    park[at + 1] = size >>> 8;
    park.set(coded ? this.coded.subarray(0, coded) : deltas.subarray(0, count), at + 2);
  }

  private overflow(): PlotterError {
    return new PlotterError(
      'plotter_failed',
      `The deltas of a park of P${this.table} do not fit their place`,
    );
  }
}
