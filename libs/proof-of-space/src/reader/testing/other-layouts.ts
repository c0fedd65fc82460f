import { FseDecoder } from '../../fse/decoder.js';
import { C3_DISTRIBUTION } from '../../fse/distributions.js';
import { c3BlockBytes, checkpointBytes, headerBytes, p7ParkBytes } from '../../sizes.js';
import { readBitsAt } from '../bit-reader.js';
import { type PlotHeader, readFullHeader } from '../header.js';
import { memorySource } from '../source.js';

/** A whole plot in memory with what its index says. */
export interface OpenedTables {
  file: Uint8Array;
  header: PlotHeader;
  /** Every f7 of the plot, in order. */
  f7: number[];
}

/** Decodes the whole index of a plot that chiapos made. */
export async function openTables(file: Uint8Array): Promise<OpenedTables> {
  const header = await readFullHeader(memorySource(file));
  const { k, c1, c3 } = header;
  const width = checkpointBytes(k);
  const decoder = new FseDecoder(C3_DISTRIBUTION);
  const deltas = new Uint8Array(10_000);
  const f7: number[] = [];
  const blocks = (c1.end - c1.begin) / width - 1;
  for (let block = 0; block < blocks; block++) {
    let value = readBitsAt(file, 8 * (c1.begin + block * width), k);
    f7.push(value);
    const at = c3.begin + block * c3BlockBytes(k);
    const count = decoder.decode(file, at + 2, (file[at]! << 8) | file[at + 1]!, deltas);
    for (let i = 0; i < count; i++) {
      value += deltas[i]!;
      f7.push(value);
    }
  }
  return { file, header, f7 };
}

/** As madMAx and bladebit leave it: entries of the same f7 in P7 in another order (here the opposite one). */
export function reverseEqualF7({ file, header, f7 }: OpenedTables): Uint8Array {
  const bits = header.k + 1;
  const at = 8 * header.parks[7]!.begin;
  const copy = file.slice();
  for (let from = 0, to = 1; from < f7.length; from = to++) {
    while (f7[to] === f7[from]) to++;
    for (let i = from; i < to; i++) {
      const value = readBitsAt(file, at + (from + to - 1 - i) * bits, bits);
      for (let bit = 0; bit < bits; bit++) {
        const where = at + i * bits + bit;
        const mask = 0x80 >>> (where & 7);
        const isSet = Math.floor(value / 2 ** (bits - 1 - bit)) & 1;
        copy[where >>> 3] = (copy[where >>> 3]! & ~mask) | (isSet ? mask : 0);
      }
    }
  }
  return copy;
}

/**
 * As bladebit writes to a disk: header and tables each from a multiple of 4096 on, C1 to C3 first, C2 ended by the
 * largest value (`TableWriter::WriteC12Parallel`), and whatever was in the buffer (`filler`) between and after them.
 */
export function alignTables({ file, header }: OpenedTables, filler: (index: number) => number): Uint8Array {
  const ALIGN = 4096;
  const round = (size: number) => Math.ceil(size / ALIGN) * ALIGN;
  const { parks, c1, c2, c3, k, memo } = header;
  const order = [c1, c2, c3, ...parks.slice(1).reverse()];
  const pointers = [...parks.slice(1), c1, c2, c3];
  const first = headerBytes(memo.length);
  // The last block of C3 has no padding in a file of chiapos.
  const lengthOf = (region: { begin: number; end: number }) =>
    region === c3
      ? Math.ceil((c3.end - c3.begin) / c3BlockBytes(k)) * c3BlockBytes(k)
      : region.end - region.begin;
  const size = order.reduce((sum, region) => sum + round(lengthOf(region)), round(first));
  const out = Uint8Array.from({ length: size }, (_, i) => filler(i));
  out.set(file.subarray(0, first));
  const view = new DataView(out.buffer);
  let at = round(first);
  for (const region of order) {
    view.setBigUint64(first - 80 + 8 * pointers.indexOf(region), BigInt(at));
    out.fill(0, at, at + lengthOf(region));
    out.set(file.subarray(region.begin, region.end), at);
    if (region === c2) {
      const width = checkpointBytes(k);
      out.fill(0xff, at + (c2.end - c2.begin) - width, at + (c2.end - c2.begin));
    }
    at += round(lengthOf(region));
  }
  return out;
}

/**
 * Cuts the plot's index so that its last C1 entry has no deltas, with P7 emptied behind it.
 *
 * @param leavesPadding whether the block before keeps its padding, as with madMAx and bladebit
 */
export function endAtCheckpoint({ file, header }: OpenedTables, leavesPadding: boolean): Uint8Array {
  const { k, c1, c3, parks } = header;
  const last = (c1.end - c1.begin) / checkpointBytes(k) - 2;
  const before = c3.begin + (last - 1) * c3BlockBytes(k);
  const size = (file[before]! << 8) | file[before + 1]!;
  const copy = file.slice(0, leavesPadding ? before + c3BlockBytes(k) : before + 2 + size);
  const bit = 8 * parks[7]!.begin + (last * 10_000 + 1) * (k + 1);
  const park = Math.floor((last * 10_000) / 2048);
  copy.fill(0, (bit >>> 3) + 1, parks[7]!.begin + (park + 1) * p7ParkBytes(k));
  copy[bit >>> 3]! &= 0xff << (8 - (bit & 7));
  return copy;
}
