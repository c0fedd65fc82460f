import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CroftError, limits } from '#libs/protocol';
import { replicaStep } from '#libs/swarm';
import { DataSet, DataSetPart } from './data-set.entity.js';

/** The content of data sets, kept once and in pieces. */
@Injectable()
export class ContentService {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * Takes the content of a data set that waits for it. Read to its end before anything counts; what is too large
   * changes nothing. Errors: not_found, conflict (it has its content), content_too_large, bad_request (empty).
   */
  async fill(dataSetId: string, content: AsyncIterable<Uint8Array>, mostBytes: number): Promise<void> {
    await this.database.transaction(async (manager) => {
      const dataSet = await manager.findOne(DataSet, {
        where: { id: dataSetId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!dataSet) throw new CroftError('not_found');
      if (dataSet.state !== 'loading') throw new CroftError('conflict', { state: dataSet.state });
      const { bytes, contentHash } = await store(manager, dataSetId, content, mostBytes);
      const k = replicaStep(bytes);
      if (bytes === 0 || k === null)
        throw new CroftError('bad_request', { problems: ['there is no content'] });
      await manager.update(DataSet, dataSetId, { state: 'ready', bytes, contentHash, k });
    });
  }

  /** Piece `index` of a data set's data as it is before encoding: content, then zeros; filler is zeros. */
  async piece({ id, source }: DataSet, index: number, length: number): Promise<Buffer> {
    const piece = Buffer.alloc(length);
    if (source === 'filler') return piece;
    const row = await this.database.getRepository(DataSetPart).findOneBy({ dataSetId: id, index });
    row?.bytes.copy(piece);
    return piece;
  }
}

/** Returns how many bytes there were, and their SHA-256. */
async function store(
  manager: EntityManager,
  dataSetId: string,
  content: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<{ bytes: number; contentHash: string }> {
  const piece = Buffer.alloc(limits.pieceBytes);
  const hash = createHash('sha256');
  let bytes = 0;
  let held = 0;
  const keep = async () => {
    const index = Math.ceil(bytes / limits.pieceBytes) - 1;
    await manager.insert(DataSetPart, { dataSetId, index, bytes: Buffer.from(piece.subarray(0, held)) });
    held = 0;
  };
  for await (const chunk of content) {
    if (bytes + chunk.length > mostBytes) throw new CroftError('content_too_large', { mostBytes });
    hash.update(chunk);
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + piece.length - held);
      piece.set(part, held);
      held += part.length;
      bytes += part.length;
      at += part.length;
      if (held === piece.length) await keep();
    }
  }
  if (held > 0) await keep();
  return { bytes, contentHash: hash.digest('hex') };
}
