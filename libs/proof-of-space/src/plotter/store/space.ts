import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FileStream } from './file-stream.js';
import { MemoryStream } from './memory-stream.js';
import { type MemoryStreamHandle, type StreamHandle, type StreamShape, streamBytes } from './stream.js';

/**
 * What streams are for, which decides where they lie: `first` and `second` are read and written by turns and live for
 * a table or two; `kept` ones live on to phase 3.
 */
export type StreamUse = 'first' | 'second' | 'kept';

/** Where the streams of a plot are. */
export interface Space {
  /** An empty stream. In memory, one of use `first` or `second` lies where the one before of the same use lay. */
  stream(name: string, use: StreamUse, shape: StreamShape): StreamHandle;
  /** Gives back what a stream takes. */
  drop(handle: StreamHandle): void;
}

/** In memory: two arenas that are used again and again, and what is kept. */
export class MemorySpace implements Space {
  private readonly arenas: Record<'first' | 'second', MemoryStreamHandle>;

  /** @param arena the widest shape that streams of the two arenas have */
  constructor(arena: StreamShape) {
    this.arenas = { first: MemoryStream.allocate(arena), second: MemoryStream.allocate(arena) };
  }

  stream(_name: string, use: StreamUse, shape: StreamShape): StreamHandle {
    if (use === 'kept') return MemoryStream.allocate(shape);
    const arena = this.arenas[use];
    const bucketBytes = shape.capacity * shape.elementBytes;
    if (shape.buckets > arena.buckets || bucketBytes > arena.capacity * arena.elementBytes) {
      throw new RangeError(`A stream of ${streamBytes(shape)} bytes does not fit into its arena`);
    }
    return MemoryStream.reshape(arena, shape);
  }

  drop(): void {}
}

/** In temporary files of one folder for the streams that change all the time and another for those that are kept. */
export class DiskSpace implements Space {
  constructor(
    private readonly keptFolder: string,
    private readonly changingFolder: string,
  ) {}

  stream(name: string, use: StreamUse, shape: StreamShape): StreamHandle {
    return FileStream.create(join(use === 'kept' ? this.keptFolder : this.changingFolder, name), shape);
  }

  drop(handle: StreamHandle): void {
    if (handle.kind === 'file') rmSync(handle.path, { force: true });
  }
}
