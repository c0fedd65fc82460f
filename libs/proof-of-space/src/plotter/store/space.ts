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
  /** An empty stream. One of use `first` or `second` ends the one of the same use before it. */
  stream(name: string, use: StreamUse, shape: StreamShape): StreamHandle;
  /** Gives back what a stream takes. */
  drop(handle: StreamHandle): void;
  /** Bytes of temporary files right now, holes not counted as far as known. */
  close(): void;
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

  close(): void {}
}

/** In temporary files of one folder for the streams that change all the time and another for those that are kept. */
export class DiskSpace implements Space {
  private readonly byUse = new Map<StreamUse, StreamHandle>();
  private readonly paths = new Set<string>();

  constructor(
    private readonly keptFolder: string,
    private readonly changingFolder: string,
  ) {}

  stream(name: string, use: StreamUse, shape: StreamShape): StreamHandle {
    const path = join(use === 'kept' ? this.keptFolder : this.changingFolder, name);
    const handle = FileStream.create(path, shape);
    this.paths.add(path);
    if (use !== 'kept') {
      const before = this.byUse.get(use);
      if (before) this.drop(before);
      this.byUse.set(use, handle);
    }
    return handle;
  }

  drop(handle: StreamHandle): void {
    if (handle.kind !== 'file') return;
    rmSync(handle.path, { force: true });
    this.paths.delete(handle.path);
  }

  close(): void {
    for (const path of this.paths) rmSync(path, { force: true });
    this.paths.clear();
  }
}
