import { SEGMENT_BYTES } from './bmt.js';
import { toHex } from './bytes.js';
import { SwarmError } from './errors.js';
import { addressOfKey } from './signature.js';
import { type Batch, bucketOf, type Stamp, signStamp, slotsOf } from './stamp.js';

/**
 * Stamps chunks from a batch of one's own: each bucket's slots in order, none for two chunks. A chunk that is stamped
 * again keeps its slot. bee pkg/postage/stampissuer.go, stamper.go.
 */
export class StampIssuer {
  readonly batch: Batch;
  private readonly used = new Map<number, number>();
  /** By address, hex. */
  private readonly slots = new Map<string, number>();

  /**
   * @param batchId 32 bytes
   * @param privateKey of the batch's owner
   * @throws SwarmError `batch-invalid`, `private-key-invalid`
   */
  constructor(
    readonly batchId: Uint8Array,
    private readonly privateKey: Uint8Array,
    depth: number,
    bucketDepth = 16,
  ) {
    const isSized = Number.isInteger(depth) && bucketDepth >= 0 && depth >= bucketDepth && bucketDepth <= 32;
    if (batchId.length !== SEGMENT_BYTES || !isSized || depth > bucketDepth + 32)
      throw new SwarmError(
        'batch-invalid',
        'a batch has a 32-byte id and a depth of at least its bucket depth',
      );
    this.batch = { owner: addressOfKey(privateKey), depth, bucketDepth };
  }

  /** Slots used in the fullest bucket. */
  get utilization(): number {
    return Math.max(0, ...this.used.values());
  }

  /** @throws SwarmError `bucket-full`, `timestamp-out-of-range` */
  stamp(address: Uint8Array, timestampNs: bigint): Stamp {
    const bucket = bucketOf(address, this.batch.bucketDepth);
    const known = this.slots.get(toHex(address));
    const slot = known ?? this.used.get(bucket) ?? 0;
    if (slot >= slotsOf(this.batch)) throw new SwarmError('bucket-full', 'the batch has no slot left here');
    const stamp = signStamp(address, { batchId: this.batchId, bucket, slot, timestampNs }, this.privateKey);
    if (known === undefined) {
      this.used.set(bucket, slot + 1);
      this.slots.set(toHex(address), slot);
    }
    return stamp;
  }
}
