import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { CroftError, contentRootOf, limits, type Piece, pieceCount, pieceLength } from '#libs/protocol';

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Size and content root of a finished file, read piece by piece. Aborting throws the signal's reason. */
export async function contentOf(
  path: string,
  signal?: AbortSignal,
  onFraction?: (fraction: number) => void,
): Promise<{ plotBytes: number; contentRoot: string }> {
  const file = await open(path, 'r');
  try {
    const { size: plotBytes } = await file.stat();
    const count = pieceCount(plotBytes);
    const hashes: string[] = [];
    for (let index = 0; index < count; index++) {
      signal?.throwIfAborted();
      hashes.push(sha256Hex(await readAt(file, index * limits.pieceBytes, pieceLength(plotBytes, index))));
      onFraction?.((index + 1) / count);
    }
    return { plotBytes, contentRoot: contentRootOf(hashes) };
  } finally {
    await file.close();
  }
}

/** Piece `index` of a file with its hash. Errors: piece_out_of_range. */
export async function readPiece(path: string, index: number): Promise<Piece> {
  const file = await open(path, 'r');
  try {
    const length = pieceLength((await file.stat()).size, index);
    if (length === 0) throw new CroftError('piece_out_of_range', { index });
    const bytes = await readAt(file, index * limits.pieceBytes, length);
    return { index, bytes, sha256: sha256Hex(bytes) };
  } finally {
    await file.close();
  }
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
