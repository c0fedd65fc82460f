import { PlotterError } from '../errors.js';

/**
 * What went wrong with a file while plotting: `disk_full` with the file and the bytes that did not fit, or
 * `plot_not_written` with the file and the system's error as cause.
 */
export function plotterFailure(path: string, bytesNeeded: number, cause: unknown): PlotterError {
  if (cause instanceof PlotterError) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk is full: ${bytesNeeded} bytes more did not fit into ${path}`;
    return new PlotterError('disk_full', message, { path, bytesNeeded }, { cause });
  }
  return new PlotterError(
    'plot_not_written',
    `${path} could not be used: ${code ?? cause}`,
    { path },
    { cause },
  );
}
