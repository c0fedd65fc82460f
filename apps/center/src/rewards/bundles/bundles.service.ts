import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { fileNames, publishedName } from '#libs/bundle';
import { CroftError } from '#libs/protocol';
import { Bundle, BundlePart } from './bundle.entity.js';
import { type BundleItem, BundlesAnswer } from './dto.js';

/** The published bundles. */
@Injectable()
export class BundlesService {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** The newest 1000, newest first. */
  async list(campaignId: string): Promise<BundlesAnswer> {
    const rows = await this.database.getRepository(Bundle).find({
      where: { campaignId },
      select: { epochIndex: true, manifestHash: true, bytes: true, at: true },
      order: { epochIndex: 'DESC' },
      take: 1000,
    });
    return { items: rows.map((row): BundleItem => ({ ...row, at: row.at.toISOString() })) };
  }

  /** manifest.json as it was signed. Errors: not_found. */
  async manifest(campaignId: string, epochIndex: number): Promise<string> {
    const row = await this.database.getRepository(Bundle).findOneBy({ campaignId, epochIndex });
    if (!row) throw new CroftError('not_found');
    return row.manifest;
  }

  /** The frames of a published file, in order. Errors: not_found. */
  async *file(campaignId: string, epochIndex: number, published: string): AsyncGenerator<Buffer> {
    const name = fileNames.find((known) => publishedName(known) === published);
    if (!name || !(await this.database.getRepository(Bundle).existsBy({ campaignId, epochIndex }))) {
      throw new CroftError('not_found');
    }
    for (let part = 0; ; part++) {
      const row = await this.database
        .getRepository(BundlePart)
        .findOneBy({ campaignId, epochIndex, name, part });
      if (!row) return;
      yield row.frame;
    }
  }
}
