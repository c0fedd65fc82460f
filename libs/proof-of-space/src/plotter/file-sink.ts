import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlotterError } from '../errors.js';
import type { PlotSink } from './sink.js';

const BUFFER_BYTES = 1 << 20;

/** Where a plot is written until it is whole. */
export function temporaryPath(path: string): string {
  return `${path}.tmp`;
}

/**
 * Writes a plot to `<path>.tmp` and hashes it on the way; `commit` makes it the final file. Synchronous, because
 * it lives in the plotter's own thread.
 */
export class FileSink implements PlotSink {
  private readonly handle: number;
  private readonly hash: Hash = createHash('sha256');
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  private buffered = 0;
  private written = 0;
  private bytesNeeded = 0;
  private isOpen = true;

  constructor(private readonly path: string) {
    this.handle = this.guarded(() => openSync(temporaryPath(path), 'w'));
  }

  /** @throws PlotterError `disk_full` when the file system has less free space than the plot will take */
  expect(bytesNeeded: number): void {
    this.bytesNeeded = bytesNeeded;
    const { bavail, bsize } = this.guarded(() => statfsSync(dirname(this.path)));
    const bytesFree = bavail * bsize;
    if (bytesFree >= bytesNeeded) return;
    throw new PlotterError('disk_full', `The plot needs ${bytesNeeded} bytes, the disk has ${bytesFree}`, {
      path: this.path,
      bytesNeeded,
      bytesFree,
    });
  }

  write(bytes: Uint8Array): void {
    this.hash.update(bytes);
    if (this.buffered + bytes.length > BUFFER_BYTES) this.flush();
    if (bytes.length > BUFFER_BYTES) {
      this.writeAll(bytes, bytes.length);
    } else {
      this.buffer.set(bytes, this.buffered);
      this.buffered += bytes.length;
    }
  }

  /** Makes the file durable under its final name and returns its SHA-256 in hex. */
  commit(): string {
    this.flush();
    this.guarded(() => {
      fsyncSync(this.handle);
      this.close();
      renameSync(temporaryPath(this.path), this.path);
    });
    syncFolder(dirname(this.path));
    return this.hash.digest('hex');
  }

  /** Removes what was written. */
  discard(): void {
    this.close();
    rmSync(temporaryPath(this.path), { force: true });
  }

  private flush(): void {
    this.writeAll(this.buffer, this.buffered);
    this.buffered = 0;
  }

  private writeAll(bytes: Uint8Array, length: number): void {
    this.guarded(() => {
      for (let at = 0; at < length; ) {
        const count = writeSync(this.handle, bytes, at, length - at);
        at += count;
        this.written += count;
      }
    });
  }

  private close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    closeSync(this.handle);
  }

  private guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      const { path, bytesNeeded, written } = this;
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EDQUOT') {
        const details = { path, bytesNeeded, bytesWritten: written };
        throw new PlotterError(
          'disk_full',
          `The disk was full after ${written} of ${bytesNeeded} bytes`,
          details,
        );
      }
      throw new PlotterError(
        'plot_not_written',
        `The plot could not be written: ${code}`,
        { path },
        { cause },
      );
    }
  }
}

/** A rename lasts only once its folder is synced; file systems that cannot do that do not need it. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows cannot open a folder.
  }
}
