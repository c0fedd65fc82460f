import { startKernel } from '#libs/kernel';
import { ADDRESS_BYTES, type AmountVector, CHUNK, VECTOR_BYTES } from './amount-vector.js';
import kernelCode from './generated/payout-chunk-wasm.js';

/** libs/settlement/kernels/payout-chunk.ts */
interface ChunkKernel {
  memory: WebAssembly.Memory;
  columns(): number;
  levels(): number;
  hashes(): number;
  hashLeaves(which: 0 | 1): void;
  hashChunks(): void;
  hashParents(nodes: number): void;
}

/** What 128 neighbouring indices hold. */
export interface ChunkColumns {
  /** 128 × 20 bytes, zero where an index has no payee. */
  readonly addresses: Uint8Array;
  /** 128 × 6 bytes. */
  readonly amounts: AmountVector;
}

/** 32 bytes each. */
export interface ChunkHashes {
  readonly addressesHash: Uint8Array;
  readonly amountsHash: Uint8Array;
  readonly leavesRoot: Uint8Array;
  readonly node: Uint8Array;
}

const COLUMN_BYTES = CHUNK * ADDRESS_BYTES + VECTOR_BYTES;
const HASH_BYTES = 128;
/** Nodes that the kernel has room for at once. */
const NODES = 512;

/**
 * The hashes of the chunks of a payout tree (contracts/ChunkTree.sol): 280 Keccak permutations a chunk, two chunks in one
 * call and two messages at a time. A million payees take 0.7 s instead of 14 with a hasher of single messages.
 */
export class ChunkHasher {
  private readonly kernel = startKernel<ChunkKernel>(kernelCode);
  private readonly memory = new Uint8Array(this.kernel.memory.buffer);

  /** Hashes of one chunk or two. @throws RangeError for columns that are not a chunk's */
  hash(chunks: readonly [ChunkColumns] | readonly [ChunkColumns, ChunkColumns]): ChunkHashes[] {
    for (const [which, chunk] of chunks.entries()) this.load(which, chunk);
    this.kernel.hashChunks();
    return chunks.map((_, which) => {
      const at = this.kernel.hashes() + which * HASH_BYTES;
      const word = (i: number) => this.memory.slice(at + 32 * i, at + 32 * (i + 1));
      return { addressesHash: word(0), amountsHash: word(1), leavesRoot: word(2), node: word(3) };
    });
  }

  /** The 254 nodes under the root of the chunk's leaf tree, 32 bytes each, level by level, leaves first. */
  leafTree(chunk: ChunkColumns): Uint8Array {
    this.load(0, chunk);
    this.kernel.hashLeaves(0);
    const at = this.kernel.levels();
    return this.memory.slice(at, at + (2 * CHUNK - 2) * 32);
  }

  /** keccak(left ‖ right) of each two neighbours of a level, 32 bytes each; the last one's may be missing. */
  parents(level: readonly Uint8Array[]): Uint8Array[] {
    const parents: Uint8Array[] = [];
    const at = this.kernel.levels();
    for (let from = 0; from < level.length; from += NODES) {
      const nodes = level.slice(from, from + NODES);
      // four at a time, and what is missing is zero
      const padded = Math.ceil(nodes.length / 4) * 4;
      this.memory.fill(0, at + nodes.length * 32, at + padded * 32);
      for (const [i, node] of nodes.entries()) this.memory.set(node, at + i * 32);
      this.kernel.hashParents(padded);
      for (let i = 0; i < nodes.length / 2; i++) {
        parents.push(this.memory.slice(at + i * 32, at + (i + 1) * 32));
      }
    }
    return parents;
  }

  private load(which: number, { addresses, amounts }: ChunkColumns): void {
    if (addresses.length !== CHUNK * ADDRESS_BYTES || amounts.length !== VECTOR_BYTES)
      throw new RangeError('not the addresses and amounts of a chunk');
    const at = this.kernel.columns() + which * COLUMN_BYTES;
    this.memory.set(addresses, at);
    this.memory.set(amounts, at + addresses.length);
  }
}
