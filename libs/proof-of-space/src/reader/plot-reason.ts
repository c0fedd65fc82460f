import { PlotFormatError } from '../errors.js';

/** Why a plot could not be read, in one word for tables and messages. */
export type PlotReason =
  | 'gone'
  | 'io_error'
  | 'timeout'
  | 'truncated'
  | 'replaced'
  | 'not_a_plot'
  | 'compressed'
  | 'unsupported'
  | 'damaged';

const REASONS: Record<PlotFormatError['code'], PlotReason> = {
  plot_gone: 'gone',
  plot_unreadable: 'io_error',
  plot_timeout: 'timeout',
  plot_truncated: 'truncated',
  plot_replaced: 'replaced',
  plot_bad_header: 'not_a_plot',
  plot_compressed: 'compressed',
  plot_unsupported: 'unsupported',
  plot_bad_checkpoints: 'damaged',
  plot_bad_park: 'damaged',
  plot_bad_proof: 'damaged',
};

/** The reason in something that a reader threw; null when it is not about the plot at all. */
export function plotReason(thrown: unknown): PlotReason | null {
  return thrown instanceof PlotFormatError ? REASONS[thrown.code] : null;
}
