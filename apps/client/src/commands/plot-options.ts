import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { ClientError } from '../client-error.js';
import { parseSize } from '../sizes.js';

export const invalid = (detail: string) => new ClientError('plot_options_invalid', detail);

/** A whole number of an option. Errors: plot_options_invalid. */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,16}$/.test(text) && value >= least && value <= most) return value;
  throw invalid(`${option} ${text.slice(0, 20)}`);
}

/** Bytes of an option as `500GiB`. Errors: plot_options_invalid. */
export function sizeOf(option: string, text: string): number {
  const bytes = parseSize(text);
  if (bytes === null || bytes === 0) throw invalid(`${option} ${text.slice(0, 20)}`);
  return bytes;
}

/** Bytes of an option in hex, with or without 0x. Errors: plot_options_invalid. */
export function hexOption(option: string, hex: string, least: number, most = least): Uint8Array {
  const digits = hex.replace(/^0x/, '');
  if (!/^([0-9a-fA-F]{2})*$/.test(digits) || digits.length < 2 * least || digits.length > 2 * most) {
    throw invalid(`${option} ${hex.slice(0, 20)}`);
  }
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** A folder that is there to be written to; none is made, for that may be a disk that is missing. Errors: folder_not_writable. */
export async function requireFolder(path: string): Promise<void> {
  try {
    await access(path, constants.W_OK);
    if ((await stat(path)).isDirectory()) return;
  } catch (cause) {
    throw new ClientError('folder_not_writable', path, { cause });
  }
  throw new ClientError('folder_not_writable', path);
}
