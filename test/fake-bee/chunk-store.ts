import { ChunkHasher, chunkAddress, FileTree, SEGMENT_BYTES, type TreeChunk } from '#libs/swarm';

/** A chunk as it is kept: what `GET /chunks` answers is its span and payload, with what an owner put before. */
export interface StoredChunk {
  span: bigint;
  payload: Uint8Array;
  /** Data as it travels. */
  data: Uint8Array;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The span in front of a payload. */
export function contentData(span: bigint, payload: Uint8Array): Uint8Array {
  const data = Buffer.alloc(8 + payload.length);
  data.writeBigUInt64LE(span);
  data.set(payload, 8);
  return data;
}

/** Chunks by their address, in memory. */
export class ChunkStore {
  private readonly chunks = new Map<string, StoredChunk>();
  private readonly hasher = new ChunkHasher();

  has(address: Uint8Array): boolean {
    return this.chunks.has(hex(address));
  }

  get(address: Uint8Array): StoredChunk | null {
    return this.chunks.get(hex(address)) ?? null;
  }

  put(address: Uint8Array, chunk: StoredChunk): void {
    this.chunks.set(hex(address), chunk);
  }

  /** Keeps span and payload under their address, which it returns. */
  putContent(span: bigint, payload: Uint8Array): Uint8Array {
    const address = chunkAddress(span, payload);
    this.put(address, { span, payload, data: contentData(span, payload) });
    return address;
  }

  /** Cuts a file into chunks and keeps them; returns the root's address. `onChunk` hears of each. */
  putFile(file: Uint8Array, onChunk: (address: Uint8Array) => void): Uint8Array {
    const keep = ({ span, payload, address }: TreeChunk): void => {
      const copy = payload.slice();
      this.put(address, { span, payload: copy, data: contentData(span, copy) });
      onChunk(address);
    };
    const tree = new FileTree(keep, this.hasher);
    tree.write(file);
    return tree.finish().address;
  }

  /** A file from its root, or null when a chunk is missing. The level in a span's top byte is left out. */
  file(root: Uint8Array): Uint8Array | null {
    const chunk = this.get(root);
    if (!chunk) return null;
    const length = Number(chunk.span & ((1n << 56n) - 1n));
    if (length <= chunk.payload.length) return chunk.payload.subarray(0, length);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < chunk.payload.length; at += SEGMENT_BYTES) {
      const part = this.file(chunk.payload.subarray(at, at + SEGMENT_BYTES));
      if (!part) return null;
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}
