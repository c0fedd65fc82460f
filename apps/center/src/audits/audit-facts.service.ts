import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { type Verdict, verdicts } from '#libs/protocol';
import { Check, Round } from './audit.entity.js';

export type VerdictCounts = Record<Verdict, number>;

export const noVerdicts = (): VerdictCounts => ({ proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 });

interface CountRow {
  key: string;
  verdict: Verdict;
  count: number;
}

/** What the checks came to, for the tally and for people. */
@Injectable()
export class AuditFacts {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Whether every round of an epoch has closed, so that its facts will not change. */
  async settled(manager: EntityManager, epochId: string): Promise<boolean> {
    const open = await manager
      .createQueryBuilder(Round, 'round')
      .where('round.epochId = :epochId AND round.closedAt IS NULL', { epochId })
      .getExists();
    return !open;
  }

  /** When a campaign's newest broadcast round was sent, and when the oldest that is still open should have closed. */
  async progress(campaignId: string): Promise<{ lastSentAt: Date | null; oldestOpenClosesAt: Date | null }> {
    const rounds = this.database.getRepository(Round);
    const [last] = await rounds.find({
      where: { campaignId, kind: 'broadcast' },
      order: { sentAt: 'DESC' },
      take: 1,
    });
    const [open] = await rounds.find({
      where: { campaignId, closedAt: IsNull() },
      order: { closesAt: 'ASC' },
      take: 1,
    });
    return { lastSentAt: last?.sentAt ?? null, oldestOpenClosesAt: open?.closesAt ?? null };
  }

  /** Verdicts by plot, over all its checks at its keepers. */
  async byPlot(plotRefs: string[]): Promise<Map<string, VerdictCounts>> {
    if (plotRefs.length === 0) return new Map();
    const rows = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .select('check.plotRef', 'key')
      .addSelect('check.verdict', 'verdict')
      .addSelect('COUNT(*)::int', 'count')
      .where('check.plotRef IN (:...plotRefs) AND check.verdict IS NOT NULL', { plotRefs })
      .groupBy('check.plotRef, check.verdict')
      .getRawMany<CountRow>();
    return gather(rows);
  }

  /** The newest settled check of each plot. */
  async lastByPlot(plotRefs: string[]): Promise<Map<string, Check>> {
    if (plotRefs.length === 0) return new Map();
    const rows = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .distinctOn(['check.plotRef'])
      .where('check.plotRef IN (:...plotRefs) AND check.verdict IS NOT NULL', { plotRefs })
      .orderBy('check.plotRef')
      .addOrderBy('check.sentAt', 'DESC')
      .getMany();
    return new Map(rows.map((row) => [row.plotRef, row]));
  }

  /** When each plot was last asked for and proved. */
  async lastProvedByPlot(plotRefs: string[]): Promise<Map<string, Date>> {
    if (plotRefs.length === 0) return new Map();
    const rows = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .select('check.plotRef', 'key')
      .addSelect('MAX(check.sentAt)', 'at')
      .where(`check.plotRef IN (:...plotRefs) AND check.verdict = 'proved'`, { plotRefs })
      .groupBy('check.plotRef')
      .getRawMany<{ key: string; at: Date }>();
    return new Map(rows.map(({ key, at }) => [key, at]));
  }

  /** Verdicts of every check since a moment. */
  async since(moment: Date): Promise<VerdictCounts> {
    const rows = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .select(`'all'`, 'key')
      .addSelect('check.verdict', 'verdict')
      .addSelect('COUNT(*)::int', 'count')
      .where('check.sentAt >= :moment AND check.verdict IS NOT NULL', { moment })
      .groupBy('check.verdict')
      .getRawMany<CountRow>();
    return gather(rows).get('all') ?? noVerdicts();
  }

  /** Evidence of a storage line: a node's checks in an epoch's broadcast rounds. */
  ofNodeInEpoch(nodeId: string, epochId: string, limit: number): Promise<Check[]> {
    return this.evidence()
      .where(`round.epochId = :epochId AND round.kind = 'broadcast'`, { epochId })
      .andWhere('check.nodeId = :nodeId', { nodeId })
      .take(limit)
      .getMany();
  }

  /** Evidence of a plotting line: the spot checks a plot was accepted by. */
  acceptanceOf(plotRef: string, limit: number): Promise<Check[]> {
    return this.evidence()
      .where(`check.plotRef = :plotRef AND round.kind = 'acceptance'`, { plotRef })
      .take(limit)
      .getMany();
  }

  private evidence() {
    return this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .innerJoinAndSelect('check.round', 'round')
      .orderBy('check.sentAt', 'ASC');
  }
}

function gather(rows: CountRow[]): Map<string, VerdictCounts> {
  const all = new Map<string, VerdictCounts>();
  for (const { key, verdict, count } of rows) {
    const counts = all.get(key) ?? noVerdicts();
    counts[verdict] = count;
    all.set(key, counts);
  }
  return all;
}

/** Number of checks in all. */
export const totalOf = (counts: VerdictCounts) => verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
