import { FileStream } from './file-stream.js';
import { MemoryStream } from './memory-stream.js';

/**
 * Elements of one size in buckets of one capacity, outside of any kernel's memory, so that every thread reaches them
 * and no 4 GiB limit binds. A bucket is filled from its start; who writes where is the caller's business.
 */
export interface Stream {
  /** Copies whole elements to `bucket` from element `at` on. */
  write(bucket: number, at: number, from: Uint8Array): void;
  /** Fills `into` with the elements of `bucket` from element `at` on. */
  read(bucket: number, at: number, into: Uint8Array): void;
  close(): void;
}

/** A stream as it is handed to another thread. */
export type StreamHandle = MemoryStreamHandle | FileStreamHandle;

export interface StreamShape {
  readonly buckets: number;
  /** Elements a bucket may hold. */
  readonly capacity: number;
  readonly elementBytes: number;
}

export interface MemoryStreamHandle extends StreamShape {
  readonly kind: 'memory';
  /** Each holds `bucketsEach` buckets, the last perhaps fewer. */
  readonly parts: readonly SharedArrayBuffer[];
  readonly bucketsEach: number;
}

export interface FileStreamHandle extends StreamShape {
  readonly kind: 'file';
  readonly path: string;
}

/** @throws PlotterError `plot_not_written` when a file cannot be opened */
export function openStream(handle: StreamHandle): Stream {
  return handle.kind === 'memory' ? new MemoryStream(handle) : new FileStream(handle);
}

export function streamBytes({ buckets, capacity, elementBytes }: StreamShape): number {
  return buckets * capacity * elementBytes;
}
