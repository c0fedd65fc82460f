import { compareBytes } from './bytes.js';
import { ChunkHasher } from './chunk-hasher.js';
import { SAMPLE_ITEMS, sampleHash } from './reserve-sample.js';

/** A chunk of a file in a sample of it. */
export interface KeyedItem {
  /** Position of the chunk in the file. */
  index: number;
  address: Uint8Array;
  /** Its address under the anchor. */
  transformed: Uint8Array;
}

/**
 * The 16 chunks of a file with the smallest addresses under an anchor, as of a Bee node's reserve: only who reads all
 * of them finds these.
 */
export class KeyedSample {
  private readonly items: KeyedItem[] = [];
  private readonly keyed: ChunkHasher;
  private readonly plain: ChunkHasher;

  /** @param anchor 32 bytes. @throws SwarmError `key-length-unsupported` */
  constructor(anchor: Uint8Array) {
    this.keyed = new ChunkHasher(anchor);
    this.plain = new ChunkHasher();
  }

  /** Shows it a leaf. @throws SwarmError `payload-too-long` */
  add(index: number, payload: Uint8Array): void {
    const span = BigInt(payload.length);
    const transformed = this.keyed.address(span, payload);
    const last = this.items.at(-1);
    const isFull = this.items.length === SAMPLE_ITEMS;
    if (isFull && last && compareBytes(transformed, last.transformed) >= 0) return;
    const at = this.items.findIndex((other) => compareBytes(transformed, other.transformed) < 0);
    const item = { index, transformed, address: this.plain.address(span, payload) };
    this.items.splice(at < 0 ? this.items.length : at, 0, item);
    if (this.items.length > SAMPLE_ITEMS) this.items.pop();
  }

  /** Ascending by transformed address; fewer than 16 when there are fewer chunks. */
  finish(): { items: readonly KeyedItem[]; commitment: Uint8Array } {
    return { items: this.items, commitment: sampleHash(this.items) };
  }
}
