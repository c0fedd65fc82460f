import { SettlementError } from './errors.js';

/** Payees in a chunk. */
export const CHUNK = 128;
export const ADDRESS_BYTES = 20;
/** A cumulative amount: six bytes, big-endian. */
export const AMOUNT_BYTES = 6;
export const VECTOR_BYTES = CHUNK * AMOUNT_BYTES;
export const MAX_UNITS = 2n ** 48n - 1n;

/** 128 cumulative amounts of one chunk, 768 bytes, as contract and calldata have them. */
export type AmountVector = Uint8Array;

/** All amounts 0: a chunk that was never paid. */
export const emptyVector = (): AmountVector => new Uint8Array(VECTOR_BYTES);

/** Cumulative units at `place` (0 … 127). */
export function unitsAt(vector: AmountVector, place: number): bigint {
  const at = place * AMOUNT_BYTES;
  const view = new DataView(vector.buffer, vector.byteOffset + at, AMOUNT_BYTES);
  return (BigInt(view.getUint16(0)) << 32n) | BigInt(view.getUint32(2));
}

/** Writes cumulative units in place. @throws SettlementError `units_negative`, `units_overflow` (over six bytes) */
export function setUnits(vector: AmountVector, place: number, units: bigint): void {
  checkUnits(units);
  const view = new DataView(vector.buffer, vector.byteOffset + place * AMOUNT_BYTES, AMOUNT_BYTES);
  view.setUint16(0, Number(units >> 32n));
  view.setUint32(2, Number(units & 0xffffffffn));
}

/** @throws SettlementError `units_negative`, `units_overflow` */
export function checkUnits(units: bigint): void {
  if (units < 0n)
    throw new SettlementError('units_negative', 'units are never negative', { units: `${units}` });
  if (units > MAX_UNITS)
    throw new SettlementError('units_overflow', 'more units than fit into six bytes', { units: `${units}` });
}

/** Sum of all amounts of the vector, in units. */
export function vectorSum(vector: AmountVector): bigint {
  const view = new DataView(vector.buffer, vector.byteOffset, VECTOR_BYTES);
  let high = 0;
  let low = 0;
  for (let at = 0; at < VECTOR_BYTES; at += AMOUNT_BYTES) {
    high += view.getUint16(at);
    low += view.getUint32(at + 2);
  }
  return (BigInt(high) << 32n) + BigInt(low);
}

/** @throws SettlementError `vector_invalid` when it is not 768 bytes long */
export function checkVector(vector: AmountVector): void {
  if (vector.length !== VECTOR_BYTES)
    throw new SettlementError('vector_invalid', `an amount vector has ${VECTOR_BYTES} bytes`, {
      bytes: vector.length,
    });
}
