import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { bytesToHex, CroftError, contentRootOf, limits, pieceLength } from '#libs/protocol';
import { CHUNK_BYTES, ReplicaTree, replicaBytes, replicaLayout } from '#libs/swarm';
import { ContentService } from '../data-sets/content.service.js';
import type { DataSet } from '../data-sets/data-set.entity.js';
import { encodePart } from './encoding.js';
import { Replica, ReplicaEndPart } from './replica.entity.js';

/** The files of replicas, redone from secret and content whenever a part of them is needed. */
@Injectable()
export class ReplicaFiles {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly content: ContentService,
  ) {}

  /** Computes root and piece hashes of a new replica and opens it. Some 30 ms a MiB, with a breath after each. */
  async make(dataSet: DataSet, replica: Replica): Promise<void> {
    const { k } = dataSet;
    const tree = new ReplicaTree(k);
    const pieces = new PieceHashes();
    for (let index = 0; pieceLength(replicaBytes(k), index) > 0; index++) {
      const encoded = await this.dataPiece(dataSet, replica, index);
      tree.write(encoded);
      pieces.write(encoded);
      await breath();
    }
    const { root, bytes } = tree.finish();
    pieces.write(bytes);
    const hashes = pieces.finish();
    await this.database.transaction(async (manager) => {
      const { affected } = await manager.update(
        Replica,
        { id: replica.id, state: 'making' },
        {
          state: 'open',
          root: bytesToHex(root),
          contentRoot: contentRootOf(hashes),
          pieceHashes: Buffer.from(hashes.join(''), 'hex'),
        },
      );
      if (!affected) return;
      for (let at = 0, index = 0; at < bytes.length; at += limits.pieceBytes, index++) {
        const part = Buffer.from(bytes.subarray(at, at + limits.pieceBytes));
        await manager.insert(ReplicaEndPart, { replicaId: replica.id, index, bytes: part });
      }
    });
  }

  /** Piece `index` of the file. Errors: piece_out_of_range. */
  async piece(dataSet: DataSet, replica: Replica, index: number): Promise<Uint8Array> {
    const { dataBytes, fileBytes } = replicaLayout(dataSet.k);
    const length = pieceLength(fileBytes, index);
    if (length === 0) throw new CroftError('piece_out_of_range');
    const ofData = pieceLength(dataBytes, index);
    const data = ofData > 0 ? await this.dataPiece(dataSet, replica, index) : Buffer.alloc(0);
    if (ofData === length) return data;
    const from = Math.max(0, index * limits.pieceBytes - dataBytes);
    return Buffer.concat([data, await this.endOf(replica, from, length - ofData)]);
  }

  /** A leaf of the replica as it is kept. */
  async chunk(dataSet: DataSet, { secret }: Replica, index: number): Promise<Uint8Array> {
    const offset = index * CHUNK_BYTES;
    const piece = Math.floor(offset / limits.pieceBytes);
    const plain = await this.content.piece(dataSet, piece, pieceLength(replicaBytes(dataSet.k), piece));
    const from = offset - piece * limits.pieceBytes;
    return encodePart(secret, offset, plain.subarray(from, from + CHUNK_BYTES));
  }

  /** What follows the data is not needed any more. */
  async dropEnd(manager: EntityManager, replicaId: string): Promise<void> {
    await manager.delete(ReplicaEndPart, { replicaId });
  }

  private async dataPiece(dataSet: DataSet, { secret }: Replica, index: number): Promise<Buffer> {
    const plain = await this.content.piece(dataSet, index, pieceLength(replicaBytes(dataSet.k), index));
    return encodePart(secret, index * limits.pieceBytes, plain);
  }

  private async endOf({ id: replicaId }: Replica, from: number, length: number): Promise<Buffer> {
    const first = Math.floor(from / limits.pieceBytes);
    const parts: Buffer[] = [];
    for (let index = first; index * limits.pieceBytes < from + length; index++) {
      const part = await this.database.getRepository(ReplicaEndPart).findOneBy({ replicaId, index });
      if (!part) throw new CroftError('transfer_unknown');
      parts.push(part.bytes);
    }
    const start = from - first * limits.pieceBytes;
    return Buffer.concat(parts).subarray(start, start + length);
  }
}

/** SHA-256 of each piece of a file that comes as a stream. */
class PieceHashes {
  private readonly done: string[] = [];
  private hash = createHash('sha256');
  private held = 0;

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + limits.pieceBytes - this.held);
      this.hash.update(part);
      this.held += part.length;
      at += part.length;
      if (this.held === limits.pieceBytes) this.next();
    }
  }

  finish(): string[] {
    if (this.held > 0) this.next();
    return this.done;
  }

  private next() {
    this.done.push(this.hash.digest('hex'));
    this.hash = createHash('sha256');
    this.held = 0;
  }
}
