import { secp256k1 } from '@noble/curves/secp256k1.js';
import { addressOfKey, overlayAddress, proximity, StampIssuer } from '#libs/swarm';
import { FakeChain } from './chain.js';
import { ChunkStore, contentData } from './chunk-store.js';
import { type Faults, noFaults } from './faults.js';
import type { FakeReserve } from './reserve.js';

/** Who a fake Bee is. */
export interface NodeOptions {
  /** The chunks of its neighbourhood, of which it gets a copy. */
  reserve: FakeReserve;
  /** 32 bytes; its Ethereum address and overlay follow. */
  privateKey: Uint8Array;
  chain?: FakeChain;
  networkId?: bigint;
  /** By how many bits the reserve is doubled. */
  height?: number;
  /** In the neighbourhood of the reserve's chunks; the nonce is mined. */
  neighbourhood: Uint8Array;
  faults?: Partial<Faults>;
}

export interface Tag {
  uid: number;
  startedAt: string;
  chunks: number;
  address: string;
}

const DEPTH_OF_BATCH = 20;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What a fake Bee keeps: its identity, chunks, batches and tags. */
export class FakeNode {
  readonly chain: FakeChain;
  readonly faults: Faults;
  readonly store = new ChunkStore();
  readonly reserve: FakeReserve;
  readonly height: number;
  readonly networkId: bigint;
  readonly ethereumAddress: Uint8Array;
  readonly publicKey: string;
  /** Chosen so that the overlay is in the neighbourhood. */
  readonly nonce: Uint8Array;
  readonly overlay: Uint8Array;
  /** Batches of its own, by id. */
  readonly issuers = new Map<string, StampIssuer>();
  readonly tags = new Map<number, Tag>();
  /** Rounds of the game, for the operator's page. */
  game = { lastWonRound: 0, lastPlayedRound: 0, lastFrozenRound: 0, lastSelectedRound: 0 };
  lastSampleSeconds = 0;
  /** What it ever won (PLUR) and spent on gas (wei). */
  books = { reward: '0', fees: '0' };

  constructor(private readonly options: NodeOptions) {
    this.chain = options.chain ?? new FakeChain();
    this.faults = { ...noFaults(), ...options.faults };
    this.reserve = options.reserve.copy();
    this.height = options.height ?? 0;
    this.networkId = options.networkId ?? 10n;
    this.ethereumAddress = addressOfKey(options.privateKey);
    this.publicKey = hex(secp256k1.getPublicKey(options.privateKey));
    this.nonce = this.mineNonce();
    this.overlay = overlayAddress(this.ethereumAddress, this.networkId, this.nonce);
    for (const { address, span, payload, singleOwner } of this.reserve.all()) {
      const content = contentData(span, payload);
      const data = singleOwner
        ? Buffer.concat([singleOwner.identifier, singleOwner.signature, content])
        : content;
      this.store.put(address, { span, payload, data });
    }
    this.buyBatch(DEPTH_OF_BATCH);
  }

  /** What it says its overlay is. */
  get claimedOverlay(): string {
    return this.faults.claimedOverlay ?? hex(this.overlay);
  }

  /** A new batch; returns its id in hex. @throws SwarmError `batch-invalid` */
  buyBatch(depth: number): string {
    const id = new Uint8Array(32).fill(0xbb);
    id.set(this.ethereumAddress, 4);
    id[31] = this.issuers.size;
    this.issuers.set(hex(id), new StampIssuer(id, this.options.privateKey, depth));
    return hex(id);
  }

  newTag(): Tag {
    const uid = this.tags.size + 1;
    const tag = { uid, startedAt: new Date(0).toISOString(), chunks: 0, address: '' };
    this.tags.set(uid, tag);
    return tag;
  }

  private mineNonce(): Uint8Array {
    const { neighbourhood } = this.options;
    for (let tried = 0; ; tried++) {
      const nonce = new Uint8Array(32);
      new DataView(nonce.buffer).setUint32(28, tried);
      const overlay = overlayAddress(this.ethereumAddress, this.networkId, nonce);
      if (proximity(overlay, neighbourhood) >= this.reserve.depth) return nonce;
    }
  }
}
