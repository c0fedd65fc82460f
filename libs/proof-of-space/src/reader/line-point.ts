/** Two positions of the table below, or two x values in P1. */
export interface EntryPair {
  readonly larger: number;
  readonly smaller: number;
}

/**
 * The pair (x, y), x > y, that a line point x(x-1)/2 + y stands for. Source: chiapos
 * `Encoding::LinePointToSquare`.
 *
 * @param linePoint below 2^100
 */
export function linePointToPair(linePoint: bigint): EntryPair {
  // The double is off by one at most, which the exact steps below put right.
  let x = BigInt(Math.floor(Math.sqrt(2 * Number(linePoint))));
  while ((x * (x - 1n)) / 2n > linePoint) x--;
  while ((x * (x + 1n)) / 2n <= linePoint) x++;
  return { larger: Number(x), smaller: Number(linePoint - (x * (x - 1n)) / 2n) };
}
