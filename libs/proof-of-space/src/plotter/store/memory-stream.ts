import type { MemoryStreamHandle, Stream, StreamShape } from './stream.js';

/** Node limits a buffer to less than its address space; parts of this size are also easier to find room for. */
const MAX_PART_BYTES = 2 ** 30;

/** A stream in shared memory, a gibibyte a part. */
export class MemoryStream implements Stream {
  private readonly parts: readonly Uint8Array[];
  private staging = new Uint8Array(0);

  constructor(private readonly handle: MemoryStreamHandle) {
    this.parts = handle.parts.map((part) => new Uint8Array(part));
  }

  /** Memory for a stream of this shape; untouched pages cost nothing. */
  static allocate(shape: StreamShape): MemoryStreamHandle {
    const bucketBytes = shape.capacity * shape.elementBytes;
    const bucketsEach = Math.max(1, Math.min(shape.buckets, Math.floor(MAX_PART_BYTES / bucketBytes)));
    const parts: SharedArrayBuffer[] = [];
    for (let first = 0; first < shape.buckets; first += bucketsEach) {
      parts.push(new SharedArrayBuffer(Math.min(bucketsEach, shape.buckets - first) * bucketBytes));
    }
    return { ...shape, kind: 'memory', parts, bucketsEach };
  }

  /** The same memory under another shape, which must not be larger in any of its parts. */
  static reshape(handle: MemoryStreamHandle, shape: StreamShape): MemoryStreamHandle {
    return { ...shape, kind: 'memory', parts: handle.parts, bucketsEach: handle.bucketsEach };
  }

  write(bucket: number, at: number, from: Uint8Array): void {
    const offset = this.offset(bucket, at);
    this.part(bucket).set(this.aligned(from, offset), offset);
  }

  read(bucket: number, at: number, into: Uint8Array): void {
    const offset = this.offset(bucket, at);
    into.set(this.part(bucket).subarray(offset, offset + into.length));
  }

  close(): void {}

  /**
   * The same bytes, at an address that is as far from a multiple of 8 as their target is. V8 copies to shared memory
   * by words when both sides allow it and else by bytes, five times as slowly.
   */
  private aligned(bytes: Uint8Array, offset: number): Uint8Array {
    const shift = offset & 7;
    if ((bytes.byteOffset & 7) === shift) return bytes;
    if (this.staging.length < bytes.length + 8) this.staging = new Uint8Array(2 * bytes.length + 8);
    this.staging.set(bytes, shift);
    return this.staging.subarray(shift, shift + bytes.length);
  }

  private part(bucket: number): Uint8Array {
    return this.parts[Math.floor(bucket / this.handle.bucketsEach)]!;
  }

  private offset(bucket: number, at: number): number {
    const { capacity, elementBytes, bucketsEach } = this.handle;
    return ((bucket % bucketsEach) * capacity + at) * elementBytes;
  }
}
