/** Bytes of x (table 1) or of a position in the sorted table (2..7), u32 or u64. Positions of tables 2..6 are those
 * of entries that lead to table 7, of which there are about 0.8 to 0.9 * 2^k; those of table 7 may exceed 2^k. */
export function valueBytes(k: number, table: number): 4 | 8 {
  return k <= (table === 7 ? 31 : 32) ? 4 : 8;
}

/** Bytes of an f7 as phase 4 stores it. */
export function f7Bytes(k: number): 4 | 8 {
  return k <= 32 ? 4 : 8;
}

/** Bytes of a line point entry: rel << 38 | edge << 37 | bucket << 25 | slot, 96 bits. */
export const LINE_POINT_BYTES = 12;

/** Bytes of a rank pair: rank << 26 | edge << 25 | slot. */
export const RANK_PAIR_BYTES = 8;

/** Bytes of a line point on its own. */
export const POINT_BYTES = 16;
