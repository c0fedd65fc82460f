import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { isInDoubt, type Pools, type Tries, WITHHELD_TRIES } from '#libs/ruleset';
import { Check } from '../audit.entity.js';
import { FractionPool } from './consequence.entity.js';

/** Pooled tries: what earlier epochs left, what an epoch adds. */
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

  /**
   * Tries of an epoch's broadcast checks: a proof counts the sub-challenges up to it, an answer without one and one that
   * was withheld count WITHHELD_TRIES in vain.
   */
  async within(manager: EntityManager, epochId: string): Promise<Pools> {
    const [nodes, plots] = await Promise.all(
      (['nodeId', 'plotRef'] as const).map((key) => this.triesBy(manager, epochId, key)),
    );
    return { nodes: nodes!, plots: plots! };
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

  private async triesBy(manager: EntityManager, epochId: string, key: 'nodeId' | 'plotRef') {
    const rows = await manager
      .createQueryBuilder(Check, 'check')
      .innerJoin('check.round', 'round')
      .select(`check.${key}`, 'key')
      .addSelect(
        `SUM(CASE WHEN check.verdict = 'proved' THEN check.subIndex + 1
          WHEN check.verdict = 'empty' OR check.withheld THEN ${WITHHELD_TRIES} ELSE 0 END)::bigint`,
        'tries',
      )
      .addSelect(`COUNT(*) FILTER (WHERE check.verdict = 'proved')::bigint`, 'proofs')
      .where(`round.epochId = :epochId AND round.kind = 'broadcast'`, { epochId })
      .groupBy(`check.${key}`)
      .getRawMany<{ key: string; tries: string; proofs: string }>();
    return Object.fromEntries(
      rows
        .filter((row) => row.tries !== '0')
        .map((row): [string, Tries] => [row.key, { tries: Number(row.tries), proofs: Number(row.proofs) }]),
    );
  }
}
