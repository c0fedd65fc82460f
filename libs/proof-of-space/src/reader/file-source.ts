import { open } from 'node:fs/promises';
import { PlotFormatError } from '../errors.js';
import type { PlotSource } from './source.js';

/**
 * A source over a plot file, with one file handle until it is closed.
 *
 * @throws PlotFormatError `plot_unreadable` when it cannot be opened or is no file
 */
export async function fileSource(path: string): Promise<PlotSource> {
  const handle = await open(path, 'r').catch((cause) => {
    throw new PlotFormatError('plot_unreadable', `The plot ${path} could not be opened`, { path }, { cause });
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new PlotFormatError('plot_unreadable', `${path} is not a file`, { path });
  }
  return {
    size: stat.size,
    async read(offset, length) {
      const buffer = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}
