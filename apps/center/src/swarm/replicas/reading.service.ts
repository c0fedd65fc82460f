import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CroftError, limits, type Piece, pieceLength } from '#libs/protocol';
import { replicaBytes, replicaLayout } from '#libs/swarm';
import { Log } from '../../platform/log.js';
import { NodeSockets } from '../../platform/sockets/node-sockets.js';
import { PlotsService } from '../../plots/plots.service.js';
import { DataSet } from '../data-sets/data-set.entity.js';
import { encodePart } from './encoding.js';
import { Replica } from './replica.entity.js';

/** How long a keeper may take to read one piece. */
const PIECE_MS = 20_000;

/** Reading data sets back from their keepers, through the center, each piece verified before it is passed on. */
@Injectable()
export class ReadingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly plots: PlotsService,
    private readonly sockets: NodeSockets,
    private readonly log: Log,
  ) {}

  /**
   * The original bytes, piece by piece; a keeper that has not the right piece is left for the next.
   * Errors: not_found, conflict (filler, or not ready), source_offline (no keeper gives this piece).
   */
  async *read(dataSetId: string): AsyncGenerator<Buffer> {
    const dataSet = await this.database.getRepository(DataSet).findOneBy({ id: dataSetId });
    if (!dataSet) throw new CroftError('not_found');
    if (dataSet.source === 'filler' || dataSet.state !== 'ready')
      throw new CroftError('conflict', { problems: ['there is no content to read'] });
    const kept = await this.database.getRepository(Replica).findBy({ dataSetId, state: 'kept' });
    for (let index = 0; index * limits.pieceBytes < dataSet.bytes; index++) {
      const piece = await this.piece(dataSet, kept, index);
      yield piece.subarray(0, dataSet.bytes - index * limits.pieceBytes);
    }
  }

  private async piece(dataSet: DataSet, kept: Replica[], index: number): Promise<Buffer> {
    for (const replica of [...kept]) {
      try {
        const bytes = await this.fetch(dataSet, replica, index);
        const data = bytes.subarray(0, pieceLength(replicaBytes(dataSet.k), index));
        return encodePart(replica.secret, index * limits.pieceBytes, data);
      } catch (error) {
        this.log.warn(`piece ${index} of replica ${replica.id} could not be read back`, error);
        // the others first from now on
        kept.push(...kept.splice(kept.indexOf(replica), 1));
      }
    }
    throw new CroftError('source_offline');
  }

  private async fetch({ k }: DataSet, replica: Replica, index: number): Promise<Buffer> {
    const keeper = await this.plots.keeper(replica.plotRef!);
    if (!keeper) throw new CroftError('source_offline');
    const question = { plotId: replica.root!, index };
    const piece = await this.sockets.ask<Piece>(keeper.nodeId, 'transfer:read', question, PIECE_MS);
    const bytes = Buffer.isBuffer(piece?.bytes) ? piece.bytes : Buffer.alloc(0);
    const right = replica.pieceHashes!.subarray(32 * index, 32 * (index + 1));
    const isWhole = bytes.length === pieceLength(replicaLayout(k).fileBytes, index);
    if (!isWhole || !createHash('sha256').update(bytes).digest().equals(right))
      throw new CroftError('piece_hash_mismatch');
    return bytes;
  }
}
