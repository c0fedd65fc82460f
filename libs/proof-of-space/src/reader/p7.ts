import { ENTRIES_PER_PARK } from '../constants.js';
import { p7ParkBytes } from '../sizes.js';
import { readBitsAt } from './bit-reader.js';
import type { PlotHeader } from './header.js';
import { type PlotSource, readExactly } from './source.js';
import { requireInside } from './table-bounds.js';

/**
 * Entries of P7, that is positions in P6, for a few neighbouring positions in ascending order. One read, of one or
 * two parks. They come in the order of the plotter: only chiapos sorts entries of the same f7.
 *
 * @throws PlotFormatError `plot_bad_park`, those of reading
 */
export async function p7Positions(
  source: PlotSource,
  { k, parks }: PlotHeader,
  positions: readonly number[],
  signal?: AbortSignal,
): Promise<number[]> {
  if (positions.length === 0) return [];
  const bytes = p7ParkBytes(k);
  const first = Math.floor(positions[0]! / ENTRIES_PER_PARK);
  const last = Math.floor(positions[positions.length - 1]! / ENTRIES_PER_PARK);
  const at = parks[7]!.begin + first * bytes;
  const length = (last + 1 - first) * bytes;
  requireInside(source, parks[7]!, at + length, 7);
  const read = await readExactly(source, at, length, signal);
  // A park is 2048 entries of whole bytes in all, so that neighbours join without a gap.
  return positions.map((position) =>
    readBitsAt(read, (position - first * ENTRIES_PER_PARK) * (k + 1), k + 1),
  );
}
