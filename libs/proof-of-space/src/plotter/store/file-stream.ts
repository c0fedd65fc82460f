import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { plotterFailure } from '../disk-errors.js';
import type { FileStreamHandle, Stream, StreamShape } from './stream.js';

/** A stream in a temporary file with holes: a bucket takes the space that was written to it. */
export class FileStream implements Stream {
  private readonly fd: number;

  constructor(private readonly handle: FileStreamHandle) {
    this.fd = attempt(handle.path, 0, () => openSync(handle.path, 'r+'));
  }

  /** Makes the file, empty. @throws PlotterError `disk_full`, `plot_not_written` */
  static create(path: string, shape: StreamShape): FileStreamHandle {
    attempt(path, 0, () => closeSync(openSync(path, 'w')));
    return { ...shape, kind: 'file', path };
  }

  write(bucket: number, at: number, from: Uint8Array): void {
    writeWhole(this.fd, this.handle.path, from, this.offset(bucket, at));
  }

  read(bucket: number, at: number, into: Uint8Array): void {
    const start = this.offset(bucket, at);
    for (let done = 0; done < into.length; ) {
      const got = attempt(this.handle.path, 0, () =>
        readSync(this.fd, into, done, into.length - done, start + done),
      );
      if (got === 0)
        throw plotterFailure(this.handle.path, 0, new Error('The temporary file has become shorter'));
      done += got;
    }
  }

  close(): void {
    closeSync(this.fd);
  }

  private offset(bucket: number, at: number): number {
    return (bucket * this.handle.capacity + at) * this.handle.elementBytes;
  }
}

/** Writes all bytes at a place of a file. @throws PlotterError `disk_full` with the file and the bytes left over */
export function writeWhole(fd: number, path: string, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const left = bytes.length - done;
    done += attempt(path, left, () => writeSync(fd, bytes, done, left, position + done));
  }
}

function attempt<T>(path: string, bytes: number, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw plotterFailure(path, bytes, cause);
  }
}
