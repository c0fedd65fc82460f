import {
  ChunkHasher,
  makeSingleOwnerChunk,
  proximity,
  type ReserveChunk,
  ReserveSampler,
  type SampleItem,
  StampIssuer,
  singleOwnerAddress,
  transformedAddress,
} from '#libs/swarm';

/** What the chunks of a neighbourhood are like. */
export interface ReserveOptions {
  /** An address inside; 32 bytes. */
  neighbourhood: Uint8Array;
  /** Leading bits that every chunk shares with it. */
  depth: number;
  /** How many. */
  chunks: number;
  /** One in so many has an owner; 0 for none. */
  oneOwnedIn?: number;
  /** Puts a redundancy level into the top byte of spans, as Bee's uploads do by default: beyond 2^53. */
  largeSpans?: boolean;
  /** Unix nanoseconds of every stamp. */
  stampedAtNs: bigint;
  /** Another seed makes other chunks; 0 to 255. */
  seed?: number;
}

const DEPTH_OF_BATCH = 24;
const LEVEL = 0x82n << 56n;

/** The chunks that every honest node of a neighbourhood has, each really made, stamped and kept. */
export class FakeReserve {
  readonly depth: number;
  readonly issuer: StampIssuer;
  private readonly chunks: ReserveChunk[] = [];
  private readonly hasher = new ChunkHasher();
  private readonly ownerKey: Uint8Array;
  private next = 0;

  constructor(private readonly options: ReserveOptions) {
    this.depth = options.depth;
    const seed = options.seed ?? 0;
    this.ownerKey = new Uint8Array(32).fill(seed + 1);
    const batchId = new Uint8Array(32).fill(0xb0).with(31, seed);
    this.issuer = new StampIssuer(batchId, this.ownerKey, DEPTH_OF_BATCH);
    while (this.chunks.length < options.chunks) this.grow();
  }

  /** The same chunks, to be lost or grown apart. */
  copy(): FakeReserve {
    const same = new FakeReserve({ ...this.options, chunks: 0 });
    same.chunks.push(...this.chunks);
    same.next = this.next;
    return same;
  }

  get size(): number {
    return this.chunks.length;
  }

  /** All of them. */
  all(): readonly ReserveChunk[] {
    return this.chunks;
  }

  /** One chunk more, somewhere within depth. */
  grow(): void {
    for (;;) {
      const made = this.make(this.next++);
      if (!made || proximity(made.address, this.options.neighbourhood) < this.depth) continue;
      this.chunks.push({ ...made, stamp: this.issuer.stamp(made.address, this.options.stampedAtNs) });
      return;
    }
  }

  /** Leaves a chunk out: evicted, lost, deleted. */
  drop(address: Uint8Array): void {
    const at = this.chunks.findIndex((chunk) => Buffer.compare(chunk.address, address) === 0);
    if (at >= 0) this.chunks.splice(at, 1);
  }

  /** The sample of chunks this near to the anchor and stamped no later. @throws SwarmError `sample-too-small` */
  sample(anchor: Uint8Array, depth: number, latestStampNs: bigint): SampleItem[] {
    const sampler = new ReserveSampler();
    const hasher = anchor.length % 8 === 0 && anchor.length <= 64 ? new ChunkHasher(anchor) : null;
    const keyed = hasher
      ? (span: bigint, payload: Uint8Array): Uint8Array => hasher.address(span, payload)
      : undefined;
    for (const chunk of this.chunks) {
      if (proximity(chunk.address, anchor) < depth || chunk.stamp.timestampNs > latestStampNs) continue;
      sampler.add({ chunk, transformed: transformedAddress(chunk, anchor, keyed) });
    }
    return sampler.finish();
  }

  private make(number: number): Omit<ReserveChunk, 'stamp'> | null {
    const { oneOwnedIn = 0, largeSpans = false, seed = 0 } = this.options;
    const payload = new Uint8Array(100 + (number % 3997)).fill(number);
    new DataView(payload.buffer).setUint32(0, number);
    payload[4] = seed;
    const span = BigInt(payload.length) | (largeSpans ? LEVEL : 0n);
    if (oneOwnedIn === 0 || number % oneOwnedIn !== 0) {
      return { address: this.hasher.address(span, payload), span, payload, singleOwner: null };
    }
    const identifier = payload.slice(0, 32);
    const address = singleOwnerAddress(identifier, this.issuer.batch.owner);
    // signing costs a hundred times what the address does
    if (proximity(address, this.options.neighbourhood) < this.depth) return null;
    const { owner, signature } = makeSingleOwnerChunk(identifier, { span, payload }, this.ownerKey);
    return { address, span, payload, singleOwner: { identifier, owner, signature } };
  }
}
