import { startKernel } from '#libs/kernel';
import { CHUNK_BYTES, SEGMENT_BYTES, spanBytes } from './bmt.js';
import { SwarmError } from './errors.js';
import bmt from './generated/bmt-wasm.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  levels(): number;
  key(): number;
  span(): number;
  address(): number;
  hash(keyWords: number): number;
}

/**
 * Addresses of many chunks under one key, in a kernel: a whole tree is one call. Some twenty times
 * `chunkAddress`, whose answers it gives (npm run bench:swarm).
 */
export class ChunkHasher {
  private readonly wasm = startKernel<Exports>(bmt);
  private readonly memory = new Uint8Array(this.wasm.memory.buffer);
  private readonly payload = this.part(this.wasm.levels(), CHUNK_BYTES);
  private readonly span = this.part(this.wasm.span(), 8);
  private readonly hashed = this.part(this.wasm.address(), SEGMENT_BYTES);
  private readonly keyWords: number;

  /**
   * @param key put before every hash; none for plain addresses
   * @throws SwarmError `key-length-unsupported` unless it has 0, 8, … or 64 bytes (Bee's anchors have 32)
   */
  constructor(key: Uint8Array = new Uint8Array(0)) {
    if (key.length % 8 !== 0 || key.length > 64) {
      throw new SwarmError('key-length-unsupported', 'a key has 0 to 64 bytes, in steps of 8');
    }
    this.keyWords = key.length / 8;
    this.part(this.wasm.key(), key.length).set(key);
  }

  /** See `chunkAddress`. @throws SwarmError `payload-too-long`, `span-out-of-range` */
  address(span: bigint, payload: Uint8Array): Uint8Array {
    if (payload.length > CHUNK_BYTES)
      throw new SwarmError('payload-too-long', 'a chunk holds at most 4096 bytes');
    this.span.set(spanBytes(span));
    this.payload.set(payload);
    this.payload.fill(0, payload.length);
    this.wasm.hash(this.keyWords);
    return this.hashed.slice();
  }

  private part(start: number, length: number): Uint8Array {
    return this.memory.subarray(start, start + length);
  }
}
