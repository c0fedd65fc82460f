import { chunkAddress, hash, SEGMENTS } from './bmt.js';
import { compareBytes, concatBytes, numberOf } from './bytes.js';
import { SwarmError } from './errors.js';
import { inclusionProof } from './inclusion-proof.js';
import { PROOF_NAMES, type ProofName, type RcHashAnswer, type SampleProof } from './rchash.js';
import type { SingleOwnerChunk } from './single-owner-chunk.js';
import type { Stamp } from './stamp.js';

/** Chunks of a sample. */
export const SAMPLE_ITEMS = 16;
/** Bytes of a sample's content: an address and a transformed one each. */
export const SAMPLE_BYTES = SAMPLE_ITEMS * 64;

/** A chunk of a reserve. */
export interface ReserveChunk {
  /** 32 bytes. */
  address: Uint8Array;
  /** Of the chunk; of the wrapped one when it has an owner. */
  span: bigint;
  payload: Uint8Array;
  /** When the chunk has an owner. */
  singleOwner: Pick<SingleOwnerChunk, 'identifier' | 'owner' | 'signature'> | null;
  stamp: Stamp;
}

/** A chunk with the address that an anchor gives it. */
export interface SampleItem {
  transformed: Uint8Array;
  chunk: ReserveChunk;
}

type Sampled = Pick<ReserveChunk, 'address' | 'span' | 'payload' | 'singleOwner'>;

/**
 * The address of a chunk under an anchor (32 bytes): its keyed address; for a chunk with an owner
 * keccak256(its address | the wrapped chunk's keyed address). Source: bee pkg/storer/sample.go
 * transformedAddress.
 *
 * @param keyed makes keyed addresses; a `ChunkHasher` of the anchor where there are many
 */
export function transformedAddress(
  chunk: Sampled,
  anchor: Uint8Array,
  keyed = (span: bigint, payload: Uint8Array): Uint8Array => chunkAddress(span, payload, anchor),
): Uint8Array {
  const inner = keyed(chunk.span, chunk.payload);
  return chunk.singleOwner ? hash(chunk.address, inner) : inner;
}

/**
 * The sample of what it is shown: the 16 chunks with the smallest transformed addresses. Of two with the same
 * one the chunk without owner stays (bee pkg/storer/sample.go). Which chunks are shown — depth, stamps,
 * batches alive — is the reserve's to say.
 */
export class ReserveSampler {
  private readonly items: SampleItem[] = [];

  add(item: SampleItem): void {
    const at = this.items.findIndex((other) => compareBytes(item.transformed, other.transformed) <= 0);
    const other = this.items[at];
    if (other && compareBytes(item.transformed, other.transformed) === 0) {
      if (!item.chunk.singleOwner) this.items[at] = item;
      return;
    }
    this.items.splice(at < 0 ? this.items.length : at, 0, item);
    this.items.length = Math.min(this.items.length, SAMPLE_ITEMS);
  }

  /** Ascending by transformed address. @throws SwarmError `sample-too-small` below 16 chunks */
  finish(): SampleItem[] {
    if (this.items.length < SAMPLE_ITEMS)
      throw new SwarmError('sample-too-small', `a sample has ${SAMPLE_ITEMS} chunks`);
    return [...this.items];
  }
}

/** Reserve commitment (32 bytes): the address of a chunk that lists the sample. bee pkg/storageincentives/proof.go. */
export function sampleHash(items: readonly { address: Uint8Array; transformed: Uint8Array }[]): Uint8Array {
  return chunkAddress(BigInt(items.length * 64), sampleContent(items));
}

/**
 * What the second anchor asks for: two of the first 15 items and the last, and a segment of each chunk.
 * Source: storage-incentives src/Redistribution.sol claim, inclusionFunction.
 *
 * @param anchor read as a big-endian number
 */
export function opened(anchor: Uint8Array): { items: Record<ProofName, number>; segmentIndex: number } {
  const seed = numberOf(anchor);
  const first = Number(seed % 15n);
  const second = Number(seed % 14n);
  return {
    items: { proof1: first, proof2: second >= first ? second + 1 : second, proofLast: SAMPLE_ITEMS - 1 },
    segmentIndex: Number(seed % BigInt(SEGMENTS)),
  };
}

/**
 * Opens a sample: what a Bee node answers on `/rchash`, but for the time it took.
 *
 * @param items of `ReserveSampler.finish` under `anchor1`
 * @throws SwarmError `anchor-invalid` when one is empty, `sample-too-small` unless there are 16 items
 */
export function proveSample(
  items: readonly SampleItem[],
  anchor1: Uint8Array,
  anchor2: Uint8Array,
): Pick<RcHashAnswer, 'hash' | 'proofs'> {
  if (anchor1.length === 0 || anchor2.length === 0)
    throw new SwarmError('anchor-invalid', 'an anchor has at least one byte');
  if (items.length !== SAMPLE_ITEMS)
    throw new SwarmError('sample-too-small', `a sample has ${SAMPLE_ITEMS} chunks`);
  const pairs = items.map(({ chunk, transformed }) => ({ address: chunk.address, transformed }));
  const content = sampleContent(pairs);
  const { items: indices, segmentIndex } = opened(anchor2);
  const prove = (index: number): SampleProof => {
    const { chunk } = items[index] as SampleItem;
    const { segment, sisters } = inclusionProof(chunk.payload, segmentIndex);
    return {
      address: chunk.address,
      sampleSisters: inclusionProof(content, 2 * index).sisters,
      segment,
      sisters,
      transformedSisters: inclusionProof(chunk.payload, segmentIndex, anchor1).sisters,
      span: chunk.span,
      stamp: chunk.stamp,
      singleOwner: chunk.singleOwner && {
        ...chunk.singleOwner,
        wrappedAddress: chunkAddress(chunk.span, chunk.payload),
      },
    };
  };
  return {
    hash: sampleHash(pairs),
    proofs: Object.fromEntries(
      PROOF_NAMES.map((name) => [name, prove(indices[name])]),
    ) as RcHashAnswer['proofs'],
  };
}

function sampleContent(items: readonly { address: Uint8Array; transformed: Uint8Array }[]): Uint8Array {
  return concatBytes(...items.flatMap(({ address, transformed }) => [address, transformed]));
}
