// Parks of P1..P6. Source: chiapos `WriteParkToFile`.

import { encodeSymbols } from '../shared/fse';
import { swap32 } from '../shared/bits';

const PER_PARK: u32 = 2048;
const ENTRY: usize = 12;

/** What all parks of a table have in common; set by `openParks`. */
let coding: usize = 0;
let symbolLimit: u64 = 0;
let pointBits: u32 = 0;
let stubBits: u64 = 0;
let stubsAt: usize = 0;
let deltasAt: usize = 0;
let deltasRoom: u32 = 0;
let parkSize: usize = 0;
let symbols: usize = 0;
let coded: usize = 0;

/**
 * @param codingTable see shared/fse.ts
 * @param limit symbols that it knows
 * @param bits of a line point
 * @param stub bits of a stub
 * @param stubBytes of all stubs of a park
 * @param deltaBytes of the size and the deltas of a park
 * @param room for the deltas and what they are coded to: 8192 bytes
 */
export function openParks(
  codingTable: usize,
  limit: u32,
  bits: u32,
  stub: u32,
  stubBytes: u32,
  deltaBytes: u32,
  room: usize,
): void {
  coding = codingTable;
  symbolLimit = limit;
  pointBits = bits;
  stubBits = stub;
  stubsAt = <usize>((bits + 7) >> 3);
  deltasAt = stubsAt + stubBytes;
  deltasRoom = deltaBytes;
  parkSize = deltasAt + deltaBytes;
  symbols = room;
  coded = room + PER_PARK;
}

/** A line point, left aligned, most significant byte first. */
function writePoint(park: usize, low: u64, high: u64): void {
  const bytes = <i32>stubsAt;
  const pad = <u64>((<u32>bytes << 3) - pointBits);
  let top = (high << pad) | (pad > 0 ? low >> (64 - pad) : 0);
  let rest = low << pad;
  for (let i = bytes - 1; i >= 0; i--) {
    store<u8>(park + i, <u8>rest);
    rest = (rest >> 8) | (top << 56);
    top >>= 8;
  }
}

/** Everything but the first line point. The key of an entry is a u64 at `at`, shifted right by `drop`. */
// @ts-ignore: decorator
@inline
function writeDeltas(park: usize, at: usize, stride: usize, drop: u64, count: u32): bool {
  const bits = stubBits;
  const mask = (<u64>1 << bits) - 1;
  let to = park + stubsAt;
  let symbol = symbols;
  let before = load<u64>(at) >> drop;
  let largest: u64 = 0;
  let acc: u64 = 0;
  let held: u64 = 0;
  for (let end = at + <usize>count * stride, from = at + stride; from < end; from += stride) {
    const key = load<u64>(from) >> drop;
    const distance = key - before;
    before = key;
    const delta = distance >> bits;
    largest = largest > delta ? largest : delta;
    store<u8>(symbol++, <u8>delta);
    acc = (acc << bits) | (distance & mask);
    held += bits;
    if (held >= 32) {
      held -= 32;
      store<u32>(to, swap32(<u32>(acc >> held)));
      to += 4;
    }
  }
  if (largest >= symbolLimit) return false;
  while (held > 0) {
    const take = min<u64>(held, 8);
    held -= take;
    store<u8>(to++, <u8>(((acc >> held) << (8 - take)) & 255));
  }
  const deltas = park + deltasAt;
  memory.fill(to, 0, deltas - to);
  const raw = count - 1;
  const size = encodeSymbols(coding, symbols, raw, coded);
  const length = size ? size : raw;
  if (length + 2 > deltasRoom) return false;
  // Bit 15 says that the deltas were too few to be coded.
  store<u16>(deltas, <u16>(size ? size : raw | 0x8000));
  memory.copy(deltas + 2, size ? coded : symbols, length);
  memory.fill(deltas + 2 + length, 0, deltasRoom - 2 - length);
  return true;
}

/**
 * Whole parks one after the other.
 *
 * @param entries sorted, 12 bytes each, 2048 a park
 * @param low, high the first line point of the bucket that the entries belong to
 * @returns false when deltas do not fit their place
 */
export function encodeParks(entries: usize, parks: u32, low: u64, high: u64, out: usize): bool {
  for (let park: u32 = 0; park < parks; park++) {
    const at = entries + <usize>park * PER_PARK * ENTRY;
    const to = out + <usize>park * parkSize;
    const point = low + (load<u64>(at, 4) >> 6);
    writePoint(to, point, high + <u64>(point < low));
    if (!writeDeltas(to, at + 4, ENTRY, 6, PER_PARK)) return false;
  }
  return true;
}

/**
 * One park of 1..2048 line points, ascending u128 each. Overwrites them. One alone has no deltas and leaves the park
 * empty, as the reference does.
 *
 * @returns false when deltas do not fit their place
 */
export function encodeSeam(points: usize, count: u32, out: usize): bool {
  if (count < 2) {
    memory.fill(out, 0, parkSize);
    return true;
  }
  const first = load<u64>(points);
  const firstHigh = load<u64>(points, 8);
  writePoint(out, first, firstHigh);
  for (let i: u32 = 0; i < count; i++) {
    const at = points + (<usize>i << 4);
    const low = load<u64>(at);
    if (load<u64>(at, 8) - firstHigh - <u64>(low < first) != 0) return false;
    store<u64>(points + (<usize>i << 3), low - first);
  }
  return writeDeltas(out, points, 8, 0, count);
}

/** Line points themselves, u128 each, of entries that share a park with another bucket. */
export function copyPoints(entries: usize, count: u32, low: u64, high: u64, out: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const point = low + (load<u64>(entries + <usize>i * ENTRY, 4) >> 6);
    store<u64>(out + (<usize>i << 4), point);
    store<u64>(out + (<usize>i << 4), high + <u64>(point < low), 8);
  }
}
