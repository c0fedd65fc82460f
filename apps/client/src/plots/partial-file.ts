import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bytesToHex, contentRootOf, hexToBytes, limits, pieceCount, pieceLength } from '#libs/protocol';
import { syncFolder } from '../state/atomic-file.js';
import { readAt, sha256Hex } from './content.js';

/** Data is flushed after so many pieces; after a power cut no more than these can be wrong. */
const FLUSH_EVERY = 64;
const HASH_BYTES = 32;

/** What the finished file must be. */
export interface Expected {
  plotBytes: number;
  /** Hex. */
  contentRoot: string;
}

/**
 * A copy on its way: `<name>.plot.tmp` written piece by piece in order, and beside it `<name>.plot.tmp.pieces`
 * with the content root it is to have and the hash of each piece received. Opening it again continues after
 * the last piece that is whole on the disk.
 */
export class PartialFile {
  private unflushed = 0;

  private constructor(
    readonly path: string,
    private readonly expected: Expected,
    private readonly data: FileHandle,
    private readonly sidecar: FileHandle,
    private readonly hashes: string[],
  ) {}

  static async open(path: string, expected: Expected): Promise<PartialFile> {
    const received = await receivedHashes(`${path}.pieces`, expected.contentRoot);
    const data = await open(path, received.length > 0 ? 'r+' : 'w+').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return open(path, 'w+');
    });
    const hashes = await wholePieces(data, received, expected.plotBytes);
    await data.truncate(endOf(hashes.length, expected.plotBytes));
    const sidecar = await open(`${path}.pieces`, 'w');
    await sidecar.writeFile(hexToBytes(expected.contentRoot + hashes.join('')));
    return new PartialFile(path, expected, data, sidecar, hashes);
  }

  /** Number of pieces here: the next one wanted. */
  get have(): number {
    return this.hashes.length;
  }

  get count(): number {
    return pieceCount(this.expected.plotBytes);
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return endOf(this.have, this.expected.plotBytes);
  }

  /** Writes the next piece, whose hash was checked. */
  async append(bytes: Uint8Array, sha256: string): Promise<void> {
    await writeAt(this.data, bytes, this.have * limits.pieceBytes);
    await this.sidecar.appendFile(hexToBytes(sha256));
    this.hashes.push(sha256);
    if (++this.unflushed >= FLUSH_EVERY) await this.flush();
  }

  /** True when all pieces are here and make up the expected content. */
  isComplete(): boolean {
    return this.have === this.count && contentRootOf(this.hashes) === this.expected.contentRoot;
  }

  /** Flushes the file and gives it its final name. */
  async finish(file: string): Promise<void> {
    await this.data.sync();
    await this.close();
    await rename(this.path, file);
    await rm(`${this.path}.pieces`, { force: true });
    await syncFolder(dirname(file));
  }

  /** Flushes and closes; the pieces stay for another day. */
  async close(): Promise<void> {
    await this.flush().catch(() => {});
    await this.data.close();
    await this.sidecar.close();
  }

  private async flush(): Promise<void> {
    await this.data.datasync();
    this.unflushed = 0;
  }
}

/** Removes an unfinished copy and its sidecar. */
export async function discardPartial(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.pieces`, { force: true });
}

const endOf = (pieces: number, plotBytes: number): number => Math.min(pieces * limits.pieceBytes, plotBytes);

/** Hashes noted in the sidecar, a torn last one dropped; none when it is for another content. */
async function receivedHashes(path: string, contentRoot: string): Promise<string[]> {
  const noted = await readFile(path).catch(() => Buffer.alloc(0));
  if (noted.length < HASH_BYTES || bytesToHex(noted.subarray(0, HASH_BYTES)) !== contentRoot) return [];
  const hashes: string[] = [];
  for (let at = HASH_BYTES; at + HASH_BYTES <= noted.length; at += HASH_BYTES) {
    hashes.push(bytesToHex(noted.subarray(at, at + HASH_BYTES)));
  }
  return hashes;
}

/** The leading hashes whose pieces are really in the file; those written since the last flush are read back. */
async function wholePieces(data: FileHandle, hashes: string[], plotBytes: number): Promise<string[]> {
  const { size } = await data.stat();
  let whole = Math.min(hashes.length, pieceCount(plotBytes));
  while (whole > 0 && endOf(whole, plotBytes) > size) whole--;
  for (let index = Math.max(0, whole - FLUSH_EVERY); index < whole; index++) {
    const bytes = await readAt(data, index * limits.pieceBytes, pieceLength(plotBytes, index));
    if (sha256Hex(bytes) !== hashes[index]) return hashes.slice(0, index);
  }
  return hashes.slice(0, whole);
}

async function writeAt(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written);
    written += bytesWritten;
  }
}
