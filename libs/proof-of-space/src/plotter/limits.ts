import { isPlotK } from '../constants.js';
import { PlotterError, PlotterLimitError } from '../errors.js';
import { MAX_MEMO_BYTES, type PlotIdentity } from '../reader/header.js';

/** The largest k the plotter makes: everything is in memory, and line points must be exact in a double. */
export const MAX_PLOTTER_K = 25;

/** Bytes an entry of a table takes at the peak, when table 4 is grouped; and what the process itself takes. */
const BYTES_PER_ENTRY = 128;
const BASE_BYTES = 96 * 1024 * 1024;

/** Memory that making a plot of this size takes at its peak, in bytes. */
export function memoryBytesNeeded(k: number): number {
  return BASE_BYTES + BYTES_PER_ENTRY * 2 ** k;
}

/** Temporary disk space beside the final file, in bytes: none, the plotter works in memory. */
export function tempBytesNeeded(_k: number): number {
  return 0;
}

/** @throws PlotterLimitError, PlotterError `plot_bad_request` */
export function requirePlottable({ plotId, k, memo }: PlotIdentity): void {
  if (!isPlotK(k)) throw new PlotterError('plot_bad_request', `k=${k} does not exist`);
  if (!(plotId instanceof Uint8Array) || plotId.length !== 32) {
    throw new PlotterError('plot_bad_request', 'A plot id has 32 bytes');
  }
  if (!(memo instanceof Uint8Array) || memo.length > MAX_MEMO_BYTES) {
    throw new PlotterError('plot_bad_request', `A memo has at most ${MAX_MEMO_BYTES} bytes`);
  }
  if (k > MAX_PLOTTER_K) throw new PlotterLimitError(k, MAX_PLOTTER_K, memoryBytesNeeded(k));
}
