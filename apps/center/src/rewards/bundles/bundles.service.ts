import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Frames, fileNames, publishedName, readFile, readManifest, type TreeEntry } from '#libs/bundle';
import { CroftError } from '#libs/protocol';
import { Bundle, BundlePart } from './bundle.entity.js';
import { type BundleItem, BundlesAnswer } from './dto.js';

/** The entries of a bundle's payout tree and its root; null when nobody is due anything. */
export interface PayoutTree {
  entries: TreeEntry[];
  root: string | null;
}

/** The published bundles. */
@Injectable()
export class BundlesService {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** The newest 1000, newest first, with their references on Swarm by epoch. */
  async list(campaignId: string, references: ReadonlyMap<number, string>): Promise<BundlesAnswer> {
    const rows = await this.database.getRepository(Bundle).find({
      where: { campaignId },
      select: { epochIndex: true, manifestHash: true, bytes: true, at: true },
      order: { epochIndex: 'DESC' },
      take: 1000,
    });
    const items = rows.map((row): BundleItem => {
      const swarmReference = references.get(row.epochIndex) ?? null;
      return { ...row, swarmReference, at: row.at.toISOString() };
    });
    return { items };
  }

  /** Ever released by account, base units, as the tree of the newest bundle has it: its frames are hashed again. */
  async released(manager: EntityManager, campaignId: string): Promise<Map<string, bigint>> {
    const { entries } = await this.newestTree(manager, campaignId);
    return new Map(entries.map(({ account, releasedAfter }) => [account, BigInt(releasedAfter)]));
  }

  /** The payout tree of the newest bundle, word by word; its frames are hashed again. */
  newestTree(manager: EntityManager, campaignId: string): Promise<PayoutTree> {
    return this.tree(manager, { campaignId });
  }

  /** The same of one epoch's bundle. */
  treeOf(manager: EntityManager, campaignId: string, epochIndex: number): Promise<PayoutTree> {
    return this.tree(manager, { campaignId, epochIndex });
  }

  private async tree(
    manager: EntityManager,
    where: { campaignId: string; epochIndex?: number },
  ): Promise<PayoutTree> {
    const { campaignId } = where;
    const entries: TreeEntry[] = [];
    const last = await manager.findOne(Bundle, { where, order: { epochIndex: 'DESC' } });
    if (!last) return { entries, root: null };
    const { manifest } = readManifest(Buffer.from(last.manifest));
    const source = {
      manifest: async () => Buffer.from(last.manifest),
      file: (published: string) => this.frames(manager, campaignId, last.epochIndex, published),
    };
    for await (const entry of readFile(source, manifest, 'tree', await Frames.load())) entries.push(entry);
    return { entries, root: manifest.tree.root };
  }

  /** manifest.json as it was signed. Errors: not_found. */
  async manifest(campaignId: string, epochIndex: number): Promise<string> {
    const row = await this.database.getRepository(Bundle).findOneBy({ campaignId, epochIndex });
    if (!row) throw new CroftError('not_found');
    return row.manifest;
  }

  /** The frames of a published file, in order. Errors: not_found. */
  async *file(campaignId: string, epochIndex: number, published: string): AsyncGenerator<Buffer> {
    const known = fileNames.some((name) => publishedName(name) === published);
    if (!known || !(await this.database.getRepository(Bundle).existsBy({ campaignId, epochIndex }))) {
      throw new CroftError('not_found');
    }
    yield* this.frames(this.database.manager, campaignId, epochIndex, published);
  }

  private async *frames(manager: EntityManager, campaignId: string, epochIndex: number, published: string) {
    const name = fileNames.find((known) => publishedName(known) === published)!;
    for (let part = 0; ; part++) {
      const row = await manager.findOneBy(BundlePart, { campaignId, epochIndex, name, part });
      if (!row) return;
      yield row.frame;
    }
  }
}
