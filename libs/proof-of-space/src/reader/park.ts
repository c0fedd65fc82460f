import { ENTRIES_PER_PARK } from '../constants.js';
import { PlotFormatError } from '../errors.js';
import { FseDecoder } from '../fse/decoder.js';
import { PARK_DISTRIBUTIONS } from '../fse/distributions.js';
import { deltasBytes, linePointBytes, stubBits, stubsBytes } from '../sizes.js';

/** Bit 15 of the size: the deltas are not coded. */
const RAW = 0x8000;
/** With a shift of up to 7 bits a part must fit a 32-bit window. */
const PART = 24;

const decoders: (FseDecoder | undefined)[] = [];
const decoded = new Uint8Array(ENTRIES_PER_PARK - 1);

/**
 * Entry `index` of a park of P1..P6. Source: chiapos `DiskProver::ReadLinePoint`.
 *
 * @param park the park's bytes, `parkBytes(k, table)` of them
 * @param index 0..2047
 * @throws PlotFormatError `plot_bad_park` when the park cannot be decoded or holds fewer entries
 */
export function linePointAt(park: Uint8Array, k: number, table: number, index: number): bigint {
  const stubsAt = linePointBytes(k);
  let linePoint = 0n;
  for (let i = 0; i < stubsAt; i++) linePoint = (linePoint << 8n) | BigInt(park[i]!);
  linePoint >>= BigInt(8 * stubsAt - 2 * k);
  if (index === 0) return linePoint;

  const deltas = decodeDeltas(park, table, stubsAt + stubsBytes(k), index);
  if (index > deltas.length) {
    throw new PlotFormatError('plot_bad_park', 'A pointer goes past the entries of a park', { table, index });
  }
  let deltaSum = 0;
  for (let i = 0; i < index; i++) deltaSum += deltas[i]!;
  return linePoint + (BigInt(deltaSum) << BigInt(stubBits(k))) + sumStubs(park, stubsAt, stubBits(k), index);
}

/** The sum of the first `count` stubs. Two sums of at most 24 bits a stub, because 2047 * 2^47 is no exact double. */
function sumStubs(park: Uint8Array, at: number, bits: number, count: number): bigint {
  const highBits = Math.max(0, bits - PART);
  const lowBits = bits - highBits;
  let high = 0;
  let low = 0;
  let bit = 8 * at;
  for (let i = 0; i < count; i++) {
    if (highBits > 0) high += readPart(park, bit, highBits);
    low += readPart(park, bit + highBits, lowBits);
    bit += bits;
  }
  return (BigInt(high) << BigInt(lowBits)) + BigInt(low);
}

/** 1 to 24 bits from bit `bit`; a park always has bytes after its stubs. */
function readPart(park: Uint8Array, bit: number, bits: number): number {
  const at = bit >>> 3;
  const window = (park[at]! << 24) | (park[at + 1]! << 16) | (park[at + 2]! << 8) | park[at + 3]!;
  return (window << (bit & 7)) >>> (32 - bits);
}

/** At least the first `wanted` deltas, or all there are. */
function decodeDeltas(park: Uint8Array, table: number, at: number, wanted: number): Uint8Array {
  const size = park[at]! | (park[at + 1]! << 8);
  const length = size & ~RAW;
  if (length > deltasBytes(table) - 2) throw badPark(table, size);
  if (size & RAW) return park.subarray(at + 2, at + 2 + length);
  // A park of one entry has no deltas.
  if (size === 0) return park.subarray(0, 0);
  decoders[table] ??= new FseDecoder(PARK_DISTRIBUTIONS[table]!);
  const count = decoders[table].decode(park, at + 2, length, decoded, wanted);
  if (count < 0) throw badPark(table, size);
  return decoded.subarray(0, count);
}

function badPark(table: number, size: number): PlotFormatError {
  return new PlotFormatError('plot_bad_park', `A park of P${table} cannot be decoded`, { table, size });
}
