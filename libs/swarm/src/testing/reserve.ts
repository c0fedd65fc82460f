import { numberOf } from '../bytes.js';
import {
  type Batch,
  ChunkHasher,
  chunkAddress,
  makeSingleOwnerChunk,
  type ReserveChunk,
  ReserveSampler,
  type SampleItem,
  type Stamp,
  StampIssuer,
  signStamp,
  singleOwnerAddress,
  transformedAddress,
} from '../index.js';

const key = new Uint8Array(32).fill(1);
const batchId = new Uint8Array(32).fill(0xba);

/** What the reserve is like. */
interface Kind {
  /** Every stamp is for the same slot: buckets of no bits make that possible. */
  sameSlot?: boolean;
  /** Every chunk has an owner and wraps the same payload. */
  onlyOwned?: boolean;
}

/** A small reserve, stamped at time 1000 out of one batch; every fourth chunk has an owner. */
export function madeReserve({ sameSlot = false, onlyOwned = false }: Kind = {}): {
  chunks: ReserveChunk[];
  batchOf(id: Uint8Array): Batch | null;
} {
  const issuer = new StampIssuer(batchId, key, 24, sameSlot ? 0 : 16);
  const stampOf = (address: Uint8Array): Stamp =>
    sameSlot
      ? signStamp(address, { batchId, bucket: 0, slot: 3, timestampNs: 1_000n }, key)
      : issuer.stamp(address, 1_000n);
  const chunks = Array.from({ length: onlyOwned ? 24 : 120 }, (_, index): ReserveChunk => {
    const number = onlyOwned ? 0 : index;
    const payload = new Uint8Array(64 + number).fill(number);
    // spans beyond 2^53, as redundancy makes them
    const span = BigInt(payload.length) | (number % 3 === 0 ? 1n << 63n : 0n);
    if (!onlyOwned && index % 4 !== 0) {
      const address = chunkAddress(span, payload);
      return { address, span, payload, singleOwner: null, stamp: stampOf(address) };
    }
    const identifier = new Uint8Array(32).fill(index);
    const { owner, signature } = makeSingleOwnerChunk(identifier, { span, payload }, key);
    const address = singleOwnerAddress(identifier, owner);
    return { address, span, payload, singleOwner: { identifier, owner, signature }, stamp: stampOf(address) };
  });
  return { chunks, batchOf: (id) => (numberOf(id) === numberOf(batchId) ? issuer.batch : null) };
}

export function sampleOf(chunks: readonly ReserveChunk[], anchor: Uint8Array): SampleItem[] {
  const sampler = new ReserveSampler();
  const hasher = new ChunkHasher(anchor);
  const keyed = (span: bigint, payload: Uint8Array): Uint8Array => hasher.address(span, payload);
  for (const chunk of chunks) sampler.add({ chunk, transformed: transformedAddress(chunk, anchor, keyed) });
  return sampler.finish();
}
