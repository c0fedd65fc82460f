import { CommanderError } from 'commander';
import { codeOf } from '../client-error.js';

/** What was said on the command line cannot be done by any machine in any state. */
const BAD_INPUT: ReadonlySet<string> = new Set([
  'options_invalid',
  'plot_options_invalid',
  'plot_bad_request',
  'folder_not_writable',
  'plot_gone',
  'verify_options_invalid',
  'size_invalid',
  'code_invalid',
  'url_invalid',
  'nothing_offered',
]);
const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR'];

/** 2 for bad input, 1 for other failures. What a signal ended has its exit code already. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (BAD_INPUT.has(codeOf(error) ?? '')) return 2;
  const { code, details, cause } = (error ?? {}) as Failure;
  // a k above what the plotter makes, wherever it runs; too little memory is the machine's affair
  if (code === 'plotter_limit' && details?.k !== undefined && details.bytesNeeded === undefined) return 2;
  return code === 'plot_unreadable' && NOT_THERE.includes(cause?.code ?? '') ? 2 : 1;
}

interface Failure {
  code?: string;
  details?: { k?: number; bytesNeeded?: number };
  cause?: { code?: string };
}
