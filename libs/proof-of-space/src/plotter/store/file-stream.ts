import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
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
    attempt(path, 0, () => {
      const fd = openSync(path, 'w');
      try {
        ftruncateSync(fd, shape.buckets * shape.capacity * shape.elementBytes);
      } finally {
        closeSync(fd);
      }
    });
    return { ...shape, kind: 'file', path };
  }

  write(bucket: number, at: number, from: Uint8Array): void {
    const start = this.offset(bucket, at);
    for (let done = 0; done < from.length; ) {
      done += attempt(this.handle.path, from.length - done, () =>
        writeSync(this.fd, from, done, from.length - done, start + done),
      );
    }
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

function attempt<T>(path: string, bytes: number, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw plotterFailure(path, bytes, cause);
  }
}
