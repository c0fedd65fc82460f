import { PlotFormatError } from '../errors.js';
import type { TableRegion } from './header.js';
import type { PlotSource } from './source.js';

/**
 * Refuses to read past a table's end.
 *
 * @param end where the bytes to be read end
 * @throws PlotFormatError `plot_truncated` when the file ends there, else `plot_bad_park`
 */
export function requireInside(source: PlotSource, region: TableRegion, end: number, table: number): void {
  if (end <= region.end) return;
  if (region.end === source.size) {
    throw new PlotFormatError('plot_truncated', `The plot ends inside P${table}`, {
      table,
      size: source.size,
    });
  }
  throw new PlotFormatError('plot_bad_park', `A pointer goes past the end of P${table}`, { table });
}
