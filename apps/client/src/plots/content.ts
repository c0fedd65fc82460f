import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { fileSource, type PlotSource, readExactly } from '#libs/proof-of-space';
import { CroftError, contentRootOf, limits, type Piece, pieceCount, pieceLength } from '#libs/protocol';

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Size and content root of a finished file, read piece by piece in turn with the disk's other readers. Aborting
 * throws the signal's reason. Errors: those of fileSource, plot_truncated.
 */
export async function contentOf(
  path: string,
  signal?: AbortSignal,
  onFraction?: (fraction: number) => void,
): Promise<{ plotBytes: number; contentRoot: string }> {
  const source = await fileSource(path);
  try {
    const { size: plotBytes } = source;
    const count = pieceCount(plotBytes);
    const hashes: string[] = [];
    for (let index = 0; index < count; index++) {
      signal?.throwIfAborted();
      hashes.push(sha256Hex(await readPieceOf(source, index, signal)));
      onFraction?.((index + 1) / count);
    }
    return { plotBytes, contentRoot: contentRootOf(hashes) };
  } finally {
    await source.close();
  }
}

/** Piece `index` of a file with its hash. Errors: piece_out_of_range, those of fileSource, plot_truncated. */
export async function readPiece(path: string, index: number): Promise<Piece> {
  const source = await fileSource(path);
  try {
    if (pieceLength(source.size, index) === 0) throw new CroftError('piece_out_of_range', { index });
    const bytes = await readPieceOf(source, index);
    return { index, bytes, sha256: sha256Hex(bytes) };
  } finally {
    await source.close();
  }
}

function readPieceOf(source: PlotSource, index: number, signal?: AbortSignal): Promise<Uint8Array> {
  return readExactly(source, index * limits.pieceBytes, pieceLength(source.size, index), signal);
}

/** Exactly `length` bytes at `offset`. Throws RangeError when the file ends before. */
export async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw new RangeError(`the file ends ${length - filled} bytes too early`);
    filled += bytesRead;
  }
  return bytes;
}
