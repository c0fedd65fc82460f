import { closeSync, openSync } from 'node:fs';
import { plotterFailure } from '../disk-errors.js';
import { writeWhole } from '../store/file-stream.js';
import { openStream, type Stream, type StreamHandle } from '../store/stream.js';

/** The streams that a thread works with in a stage, each opened once. */
export class Streams {
  private readonly files = new Map<string, number>();
  private readonly byHandle = new Map<StreamHandle, Stream>();

  open(handle: StreamHandle): Stream {
    let stream = this.byHandle.get(handle);
    if (!stream) {
      stream = openStream(handle);
      this.byHandle.set(handle, stream);
    }
    return stream;
  }

  /** Writes into the unfinished plot. @throws PlotterError `disk_full`, `plot_not_written` */
  writeFile(path: string, position: number, bytes: Uint8Array): void {
    let fd = this.files.get(path);
    if (fd === undefined) {
      try {
        fd = openSync(path, 'r+');
      } catch (cause) {
        throw plotterFailure(path, 0, cause);
      }
      this.files.set(path, fd);
    }
    writeWhole(fd, path, bytes, position);
  }

  /** Closes them all. */
  close(): void {
    for (const fd of this.files.values()) closeSync(fd);
    this.files.clear();
    for (const stream of this.byHandle.values()) stream.close();
    this.byHandle.clear();
  }
}
