import { isPlotK } from './constants.js';
import { ProofOfSpaceError } from './errors.js';

/**
 * The name plotters give a plot file: `plot-k32-2026-01-31-09-05-<64 hex digits>.plot`. Source: chia-blockchain
 * `plotting/create_plots.py`.
 *
 * @param date written in UTC, to the minute
 * @param plotIdHex 64 hex digits, with or without `0x`
 * @throws ProofOfSpaceError `plot_bad_request`
 */
export function plotFileName(k: number, date: Date, plotIdHex: string): string {
  const id = plotIdHex.replace(/^0x/, '').toLowerCase();
  if (!isPlotK(k) || !/^[0-9a-f]{64}$/.test(id) || Number.isNaN(date.getTime())) {
    throw new ProofOfSpaceError('plot_bad_request', 'A plot’s name needs its k, a date and 64 hex digits');
  }
  const minute = date.toISOString().slice(0, 16).replace(/[T:]/g, '-');
  return `plot-k${k}-${minute}-${id}.plot`;
}
