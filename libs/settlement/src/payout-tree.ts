import { hexlify } from 'ethers';
import { ADDRESS_BYTES, type AmountVector, CHUNK, unitsAt } from './amount-vector.js';
import { type ChunkColumns, ChunkHasher, type ChunkHashes } from './chunk-hasher.js';
import { SettlementError } from './errors.js';
import { checkPayee } from './payee.js';

/** What one contributor has earned in a campaign since its beginning. */
export interface PayoutEntry {
  /** Stable place in the campaign, 0 … 2^24 - 1, never given to anyone else. */
  index: number;
  /** EVM address. */
  account: string;
  /** Cumulative units, 0 … 2^48 - 1. */
  units: bigint;
}

/** 128 neighbouring indices, as the contract sees them. Hashes are 0x-prefixed hex. */
export interface PayoutChunk {
  readonly chunk: number;
  /** 128 × 20 bytes, zero where an index has no payee. */
  readonly addresses: Uint8Array;
  /** 128 × 6 bytes. */
  readonly amounts: AmountVector;
  readonly addressesHash: string;
  readonly amountsHash: string;
  readonly leavesRoot: string;
  readonly node: string;
}

/** What a payee presents to `claim`, without the vector already paid. */
export interface ClaimProof {
  readonly index: number;
  /** EIP-55. */
  readonly account: string;
  /** Cumulative. */
  readonly units: bigint;
  readonly addressesHash: string;
  readonly amountsHash: string;
  /** 7 siblings within the chunk, then those above it. */
  readonly proof: readonly string[];
}

/** Indices end here, so that a bad one cannot make the tree grow without bound. */
export const MAX_INDEX = 2 ** 24 - 1;
const ABSENT = new Uint8Array(32);

/** Started once, when the first tree is made. */
let hasher: ChunkHasher | undefined;
const chunkHasher = (): ChunkHasher => {
  hasher ??= new ChunkHasher();
  return hasher;
};

/** A chunk by number. */
export interface NumberedChunk extends ChunkColumns {
  readonly chunk: number;
}

interface Part extends NumberedChunk {
  readonly hashes: ChunkHashes;
}

/**
 * The tree behind a payout root (contracts/ChunkTree.sol):
 * leaf = keccak(account ‖ units), chunk = keccak(keccak(accounts) ‖ keccak(amounts) ‖ root of its 128 leaves), above
 * it keccak(left ‖ right) by position; a chunk without any entry is zero.
 */
export class PayoutTree {
  private readonly parts = new Map<number, Part>();
  /** Levels above the chunk nodes; the last holds the root alone. */
  private readonly levels: Uint8Array[][];
  /** The leaf tree asked for last: proofs are mostly wanted chunk by chunk. */
  private leafTree: { chunk: number; nodes: Uint8Array } | null = null;
  readonly root: string;

  /** Use `buildPayoutTree` or `buildPayoutTreeFromColumns`. `parts` are the chunks that have an entry, in order. */
  constructor(
    parts: readonly NumberedChunk[],
    /** Chunks up to the highest one with an entry. */
    readonly chunkCount: number,
    /** Sum of all cumulative units. */
    readonly totalUnits: bigint,
  ) {
    for (let i = 0; i < parts.length; i += 2) {
      const one = parts[i]!;
      const two = parts[i + 1];
      const [hashes, others] = chunkHasher().hash(two ? [one, two] : [one]);
      this.parts.set(one.chunk, { ...one, hashes: hashes! });
      if (two) this.parts.set(two.chunk, { ...two, hashes: others! });
    }
    this.levels = [
      Array.from({ length: chunkCount }, (_, chunk) => this.parts.get(chunk)?.hashes.node ?? ABSENT),
    ];
    for (let below = this.levels[0]!; below.length > 1; below = this.levels.at(-1)!) {
      this.levels.push(chunkHasher().parents(below));
    }
    this.root = hexlify(this.levels.at(-1)![0]!);
  }

  /** The chunks that have an entry, by number. */
  get chunks(): PayoutChunk[] {
    return [...this.parts.keys()].map((chunk) => this.chunk(chunk));
  }

  /** @throws SettlementError `chunk_unknown` for a chunk without an entry */
  chunk(chunk: number): PayoutChunk {
    const { addresses, amounts, hashes } = this.part(chunk);
    return {
      chunk,
      addresses,
      amounts,
      addressesHash: hexlify(hashes.addressesHash),
      amountsHash: hexlify(hashes.amountsHash),
      leavesRoot: hexlify(hashes.leavesRoot),
      node: hexlify(hashes.node),
    };
  }

  hasChunk(chunk: number): boolean {
    return this.parts.has(chunk);
  }

  /**
   * Siblings from the node of `groupSize` neighbouring chunks (1, 2, 4, …) up to the root.
   * @throws SettlementError `group_invalid` when the group is not aligned or larger than the tree
   */
  chunkProof(firstChunk: number, groupSize = 1): string[] {
    const from = Math.log2(groupSize);
    if (
      !Number.isInteger(from) ||
      from >= this.levels.length ||
      firstChunk % groupSize !== 0 ||
      firstChunk < 0
    )
      throw new SettlementError('group_invalid', 'not an aligned group', { firstChunk, groupSize });
    return this.siblingsAbove(firstChunk / groupSize, from).map((sibling) => hexlify(sibling));
  }

  /** Account and cumulative units of an index. @throws SettlementError `index_unknown` */
  entry(index: number): PayoutEntry {
    const part = this.parts.get(Math.floor(index / CHUNK));
    const account = part?.addresses.subarray((index % CHUNK) * ADDRESS_BYTES).subarray(0, ADDRESS_BYTES);
    if (!part || !account || account.every((byte) => byte === 0))
      throw new SettlementError('index_unknown', 'no entry with this index', { index });
    return { index, account: checkPayee(hexlify(account)), units: unitsAt(part.amounts, index % CHUNK) };
  }

  /** @throws SettlementError `index_unknown` */
  claimProof(index: number): ClaimProof {
    const entry = this.entry(index);
    const { hashes } = this.part(Math.floor(index / CHUNK));
    const proof = this.siblings(index).map((sibling) => hexlify(sibling));
    const { addressesHash, amountsHash } = hashes;
    return { ...entry, addressesHash: hexlify(addressesHash), amountsHash: hexlify(amountsHash), proof };
  }

  /**
   * The siblings of a claim proof, 32 bytes each: 7 within the chunk, then those above it. Views: not to be changed.
   * For many in a row: neighbours share the work of their chunk.
   * @throws SettlementError `chunk_unknown`
   */
  siblings(index: number): Uint8Array[] {
    const chunk = Math.floor(index / CHUNK);
    if (this.leafTree?.chunk !== chunk) {
      this.leafTree = { chunk, nodes: chunkHasher().leafTree(this.part(chunk)) };
    }
    const within: Uint8Array[] = [];
    let at = 0;
    let position = index % CHUNK;
    for (let width = CHUNK; width > 1; width /= 2) {
      const sibling = (at + (position ^ 1)) * 32;
      within.push(this.leafTree.nodes.subarray(sibling, sibling + 32));
      at += width;
      position >>= 1;
    }
    return within.concat(this.siblingsAbove(chunk, 0));
  }

  private siblingsAbove(place: number, from: number): Uint8Array[] {
    const siblings: Uint8Array[] = [];
    for (let level = from, position = place; level < this.levels.length - 1; level++, position >>= 1)
      siblings.push(this.levels[level]![position ^ 1] ?? ABSENT);
    return siblings;
  }

  private part(chunk: number): Part {
    const part = this.parts.get(chunk);
    if (!part) throw new SettlementError('chunk_unknown', 'no entry in this chunk', { chunk });
    return part;
  }
}
