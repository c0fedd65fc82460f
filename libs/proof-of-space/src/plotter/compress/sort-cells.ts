/** log2 of the cells that elements are sorted into at once; more are parted first. */
export const PART_BITS = 12;

/** u32 that the kernel's sorts need for so many elements. */
export function sortCells(count: number): number {
  const bits = 32 - Math.clz32(count);
  return bits <= PART_BITS ? 2 ** bits : 2 ** PART_BITS + 2 ** (bits - PART_BITS);
}
