import { openStream, type Stream, type StreamHandle } from '../store/stream.js';

/** The streams that a thread works with in a stage, each opened once. */
export class Streams {
  private readonly byHandle = new Map<StreamHandle, Stream>();

  open(handle: StreamHandle): Stream {
    let stream = this.byHandle.get(handle);
    if (!stream) {
      stream = openStream(handle);
      this.byHandle.set(handle, stream);
    }
    return stream;
  }

  /** Closes them all. */
  close(): void {
    for (const stream of this.byHandle.values()) stream.close();
    this.byHandle.clear();
  }
}
