import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { isInDoubt, type Pools, type Tries } from '#libs/ruleset';
import { FractionPool } from './consequence.entity.js';

/** Pooled tries up to the last closed epoch. */
@Injectable()
export class PoolsService {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Nodes of a campaign that are asked more often because their pool leaves a doubt. */
  async inDoubt(campaignId: string): Promise<Set<string>> {
    const rows = await this.database.getRepository(FractionPool).findBy({ campaignId, kind: 'node' });
    return new Set(rows.filter(isInDoubt).map((row) => row.subject));
  }

  /** Pools of all nodes and plots up to the last closed epoch. */
  async before(manager: EntityManager, campaignId: string): Promise<Pools> {
    const rows = await manager.findBy(FractionPool, { campaignId });
    const of = (kind: FractionPool['kind']) =>
      Object.fromEntries(
        rows
          .filter((row) => row.kind === kind)
          .map(({ subject, tries, proofs }): [string, Tries] => [subject, { tries, proofs }]),
      );
    return { nodes: of('node'), plots: of('plot') };
  }

  async save(manager: EntityManager, campaignId: string, pools: Pools): Promise<void> {
    const rows = (['node', 'plot'] as const).flatMap((kind) =>
      Object.entries(kind === 'node' ? pools.nodes : pools.plots).map(([subject, { tries, proofs }]) => ({
        campaignId,
        kind,
        subject,
        tries,
        proofs,
      })),
    );
    for (let i = 0; i < rows.length; i += 1000) {
      await manager.upsert(FractionPool, rows.slice(i, i + 1000), ['campaignId', 'kind', 'subject']);
    }
  }
}
