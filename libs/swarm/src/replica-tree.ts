import { CHUNK_BYTES } from './bmt.js';
import { SwarmError } from './errors.js';
import { FileTree } from './file-tree.js';
import { type ReplicaLayout, replicaLayout, replicaTrailer } from './replica-layout.js';

/** Everything of a replica's file after its data, and the root it is known by. */
export interface ReplicaEnd {
  /** 32 bytes. */
  root: Uint8Array;
  /** The tree's chunks and the trailer, as they lie in the file. */
  bytes: Uint8Array;
}

/** Makes what follows the data of a replica, from the data as a stream. Holds a 128th of it in memory. */
export class ReplicaTree {
  private readonly layout: ReplicaLayout;
  private readonly end: Uint8Array;
  private readonly tree: FileTree;

  constructor(private readonly k: number) {
    this.layout = replicaLayout(k);
    const { dataBytes, fileBytes, levels } = this.layout;
    this.end = new Uint8Array(fileBytes - dataBytes);
    this.tree = new FileTree(({ level, index, payload }) => {
      if (level > 0) this.end.set(payload, levels[level]! + index * CHUNK_BYTES - dataBytes);
    });
  }

  /** The next bytes of the data, as they are kept. */
  write(data: Uint8Array): void {
    this.tree.write(data);
  }

  /** @throws SwarmError `file-length-out-of-range` when the data has another size than k says */
  finish(): ReplicaEnd {
    const { address: root, length } = this.tree.finish();
    const { dataBytes, trailerAt } = this.layout;
    if (length !== dataBytes)
      throw new SwarmError('file-length-out-of-range', `a replica of k=${this.k} has ${dataBytes} bytes`);
    this.end.set(replicaTrailer(root, this.k), trailerAt - dataBytes);
    return { root, bytes: this.end };
  }
}
