import { CHUNK_BYTES, SEGMENT_BYTES, SEGMENTS } from './bmt.js';
import { ChunkHasher } from './chunk-hasher.js';
import { SwarmError } from './errors.js';

/** A chunk of a file's tree as it is made. */
export interface TreeChunk {
  /** 0 for a leaf with data, above it intermediate chunks: the addresses of their children. */
  level: number;
  /** Position in its level, as in `filePath`. */
  index: number;
  /** Bytes of the file below it. */
  span: bigint;
  /** At most 4096 bytes; valid only during the call. */
  payload: Uint8Array;
  /** 32 bytes. */
  address: Uint8Array;
}

interface Level {
  readonly addresses: Uint8Array;
  children: number;
  span: bigint;
  /** Chunks that are closed. */
  closed: number;
}

/**
 * The Swarm root address of a file as a stream: leaves of 4096 bytes, intermediate chunks of up to 128
 * addresses, a lone last child lifted unchanged. Holds 4 KiB a level. Source: bee
 * pkg/file/pipeline/hashtrie/hashtrie.go; without encryption and redundancy.
 */
export class FileTree {
  private readonly leaf = new Uint8Array(CHUNK_BYTES);
  private readonly levels: Level[] = [];
  private leafBytes = 0;
  private leaves = 0;
  private total = 0;
  private finished = false;

  /**
   * @param onChunk hears of every chunk, children before their parents
   * @param hasher a plain one, when there is one already
   */
  constructor(
    private readonly onChunk: (chunk: TreeChunk) => void = () => undefined,
    private readonly hasher: ChunkHasher = new ChunkHasher(),
  ) {}

  /** The next bytes of the file. @throws SwarmError `file-finished` */
  write(data: Uint8Array): void {
    if (this.finished) throw new SwarmError('file-finished', 'the root is made: start another tree');
    let at = 0;
    while (at < data.length) {
      if (this.leafBytes === CHUNK_BYTES) this.closeLeaf();
      const part = data.subarray(at, at + CHUNK_BYTES - this.leafBytes);
      this.leaf.set(part, this.leafBytes);
      this.leafBytes += part.length;
      at += part.length;
    }
    this.total += data.length;
  }

  /** The root's address (32 bytes) and the file's length. @throws SwarmError `file-finished` */
  finish(): { address: Uint8Array; length: number } {
    if (this.finished) throw new SwarmError('file-finished', 'the root is made: start another tree');
    this.closeLeaf();
    this.finished = true;
    for (let number = 1; ; number++) {
      const level = this.levels[number - 1] as Level;
      const isTop = number === this.levels.length;
      if (isTop && level.children === 1) {
        return { address: level.addresses.slice(0, SEGMENT_BYTES), length: this.total };
      }
      if (level.children === 1) this.push(number + 1, level.addresses.slice(0, SEGMENT_BYTES), level.span);
      else if (level.children > 1) this.close(number, level);
    }
  }

  private closeLeaf(): void {
    const span = BigInt(this.leafBytes);
    this.push(1, this.make(0, this.leaves++, span, this.leaf.subarray(0, this.leafBytes)), span);
    this.leafBytes = 0;
  }

  private push(number: number, address: Uint8Array, span: bigint): void {
    let level = this.levels[number - 1];
    if (!level) {
      level = { addresses: new Uint8Array(CHUNK_BYTES), children: 0, span: 0n, closed: 0 };
      this.levels.push(level);
    }
    level.addresses.set(address, level.children++ * SEGMENT_BYTES);
    level.span += span;
    if (level.children === SEGMENTS) this.close(number, level);
  }

  private close(number: number, level: Level): void {
    const { span } = level;
    const payload = level.addresses.subarray(0, level.children * SEGMENT_BYTES);
    const address = this.make(number, level.closed++, span, payload);
    level.children = 0;
    level.span = 0n;
    this.push(number + 1, address, span);
  }

  private make(level: number, index: number, span: bigint, payload: Uint8Array): Uint8Array {
    const address = this.hasher.address(span, payload);
    this.onChunk({ level, index, span, payload, address });
    return address;
  }
}

/** Root address (32 bytes) of a file held in memory. */
export function fileRoot(data: Uint8Array): Uint8Array {
  const tree = new FileTree();
  tree.write(data);
  return tree.finish().address;
}
