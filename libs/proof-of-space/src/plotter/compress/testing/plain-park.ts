import { FseDecoder } from '../../../fse/decoder.js';
import { PARK_DISTRIBUTIONS } from '../../../fse/distributions.js';
import { FseEncoder } from '../../../fse/encoder.js';
import { deltasBytes, linePointBytes, stubBits, stubsBytes } from '../../../sizes.js';

/** A bit string of numbers of given widths, zero padded to `bytes`. */
export function bitString(
  numbers: readonly (readonly [value: bigint, bits: number])[],
  bytes: number,
): string {
  const bits = numbers.map(([value, width]) => value.toString(2).padStart(width, '0')).join('');
  const padded = bits.padEnd(8 * bytes, '0');
  if (padded.length > 8 * bytes) throw new RangeError('The numbers do not fit');
  return (padded.match(/.{8}/g) ?? [])
    .map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0'))
    .join('');
}

/** A park of P1..P6 in hex, as plainly as its format can be written down. */
export function encodeParkPlainly(k: number, table: number, points: readonly bigint[]): string {
  const bits = stubBits(k);
  const distances = points.slice(1).map((point, i) => point - points[i]!);
  const deltas = Uint8Array.from(distances, (distance) => Number(distance >> BigInt(bits)));
  const coded = new Uint8Array(2 * deltas.length + 5);
  const size = new FseEncoder(PARK_DISTRIBUTIONS[table]!).encode(deltas, deltas.length, coded, 0);
  const stored = size > 0 ? coded.subarray(0, size) : deltas;
  const sizeField = size > 0 ? size : deltas.length | 0x8000;
  return [
    bitString([[points[0]!, 2 * k]], linePointBytes(k)),
    bitString(
      distances.map((distance) => [distance & ((1n << BigInt(bits)) - 1n), bits]),
      stubsBytes(k),
    ),
    Buffer.from([sizeField & 255, sizeField >> 8, ...stored])
      .toString('hex')
      .padEnd(2 * deltasBytes(table), '0'),
  ].join('');
}

/** All line points of a park. */
export function decodeParkPlainly(k: number, table: number, park: Uint8Array): bigint[] {
  const pad = BigInt(8 * linePointBytes(k) - 2 * k);
  const number = (at: number, bytes: number) =>
    BigInt(`0x0${Buffer.from(park.subarray(at, at + bytes)).toString('hex')}`);
  const stubsAt = linePointBytes(k);
  const deltasAt = stubsAt + stubsBytes(k);
  const size = park[deltasAt]! | (park[deltasAt + 1]! << 8);
  const deltas = new Uint8Array(2047);
  const count =
    size & 0x8000
      ? size & 0x7fff
      : new FseDecoder(PARK_DISTRIBUTIONS[table]!).decode(park, deltasAt + 2, size, deltas);
  if (size & 0x8000) deltas.set(park.subarray(deltasAt + 2, deltasAt + 2 + count));
  const points = [number(0, stubsAt) >> pad];
  const bits = stubBits(k);
  for (let i = 0; i < count; i++) {
    const first = i * bits;
    const byte = first >> 3;
    const window = number(stubsAt + byte, 6);
    const stub = (window >> BigInt(48 - (first & 7) - bits)) & ((1n << BigInt(bits)) - 1n);
    points.push(points[i]! + (BigInt(deltas[i]!) << BigInt(bits)) + stub);
  }
  return points;
}
