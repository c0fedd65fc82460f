import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager, In } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { NodesService } from '../../nodes/nodes.service.js';
import { Clock } from '../../platform/clock.js';
import { forEach } from '../../platform/for-each.js';
import { type PageQuery, pageOf } from '../../platform/paging.js';
import { PlotsService } from '../../plots/plots.service.js';
import { Check } from '../audit.entity.js';
import { Consequence, type Evidence } from './consequence.entity.js';
import type { ConsequencesPage, ConsequenceView, EvidenceAnswer } from './dto.js';
import { afterCalm, afterFinding, type Cause, type Stage, stageMs, type Weight } from './stages.js';

/** Time an admin has to answer an appeal that is about no campaign's plot. */
const ANSWER_MS = 72 * 3_600_000;

export interface Finding {
  nodeId: string;
  accountId: string;
  cause: Cause;
  weight: Weight;
  evidence: Evidence;
  /** The plot that is lost, or the first of those that nobody proves. */
  plotRef?: string;
}

/**
 * Where nodes stand. Every step has its evidence, can be appealed against, and leads back by itself when nothing new is
 * found; nothing here is for ever.
 */
@Injectable()
export class StandingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly nodes: NodesService,
    private readonly plots: PlotsService,
    private readonly campaigns: CampaignsService,
    private readonly clock: Clock,
  ) {}

  /** Notes what was found. A node that already stands there gets another notice, and its time begins anew. */
  async found(manager: EntityManager, finding: Finding): Promise<void> {
    const now = this.clock.now();
    const last = await this.last(manager, finding.nodeId);
    const stage = last?.to ?? 'active';
    const since = last ? await this.stageSince(manager, finding.nodeId, stage, last.at) : now;
    const next = afterFinding(stage, finding.weight, now.getTime() - since.getTime()) ?? stage;
    await this.step(manager, finding, stage, next);
  }

  /** One measurement a stage: a fraction that was told of is not told of again every epoch. */
  async foundOnce(manager: EntityManager, finding: Finding): Promise<void> {
    const last = await this.last(manager, finding.nodeId);
    if (last && last.to !== 'active' && last.cause === finding.cause && finding.weight === 'warning') return;
    const suspended = last?.to === 'suspended' && last.cause === finding.cause;
    if (!suspended) await this.found(manager, finding);
  }

  /** Steps back what had time enough, and grants appeals that nobody answered in time. */
  async review(): Promise<void> {
    const now = this.clock.now();
    const late = await this.database
      .getRepository(Consequence)
      .createQueryBuilder('row')
      .where('row.answerDueAt <= :now AND row.answeredAt IS NULL', { now })
      .getMany();
    await forEach(late, (row) => this.decide(row.id, { excused: true, answer: '', by: null }));
    const due = await this.newest().andWhere('row.reviewAt <= :now', { now }).getMany();
    await forEach(due, (row) =>
      this.database.transaction(async (manager) => {
        const better = afterCalm(row.to);
        if (better && (await this.last(manager, row.nodeId))?.id === row.id) {
          await this.step(
            manager,
            { ...row, cause: 'time_passed', evidence: {}, plotRef: undefined },
            row.to,
            better,
          );
        }
      }),
    );
  }

  /** A contributor's words against a step. Errors: not_found, conflict (nothing to appeal against, or said already). */
  async appeal(accountId: string, id: string, text: string): Promise<ConsequenceView> {
    return this.database.transaction(async (manager) => {
      const row = await manager.findOne(Consequence, {
        where: { id, accountId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new CroftError('not_found');
      if (row.appealedAt || !isAgainst(row)) throw new CroftError('conflict');
      const now = this.clock.now();
      row.appeal = text;
      row.appealedAt = now;
      row.answerDueAt = new Date(now.getTime() + (await this.answerMs(row)));
      return (await this.views([await manager.save(row)]))[0]!;
    });
  }

  /** An admin's answer. `excused`: the step is undone. Errors: not_found, conflict (no open appeal). */
  async answer(id: string, by: string, answer: string, excused: boolean): Promise<ConsequenceView> {
    return (await this.views([await this.decide(id, { excused, answer, by })]))[0]!;
  }

  async page(accountId: string, query: PageQuery): Promise<ConsequencesPage> {
    const rows = this.database
      .getRepository(Consequence)
      .createQueryBuilder('row')
      .where('row.accountId = :accountId', { accountId });
    const { items, next } = await pageOf(rows, 'at', query);
    return { items: await this.views(items), next };
  }

  /** The checks that a step rests on, as they were signed. @param accountId whose it must be. Errors: not_found */
  async evidence(id: string, accountId?: string): Promise<EvidenceAnswer> {
    const row = await this.database.getRepository(Consequence).findOneBy({ id });
    if (!row || (accountId !== undefined && row.accountId !== accountId)) throw new CroftError('not_found');
    const checks = await this.database.getRepository(Check).find({
      where: { id: In(row.evidence.checks ?? []) },
      relations: { round: true },
      order: { sentAt: 'ASC' },
    });
    const plots = await this.plots.byRefs(checks.map(({ plotRef }) => plotRef));
    return {
      items: checks.map(({ round, plotRef, sentAt, receivedAt, ...check }) => ({
        id: check.id,
        roundId: round.id,
        roundIndex: round.index,
        roundKind: round.kind,
        plotId: plots.get(plotRef)!.plotId,
        beacon: round.beacon,
        sentAt: sentAt.toISOString(),
        deadlineAt: round.deadlineAt.toISOString(),
        verdict: check.verdict,
        withheld: check.withheld,
        receivedAt: receivedAt?.toISOString() ?? null,
        subIndex: check.subIndex,
        proof: check.proof,
        answerSignature: check.answerSignature,
        receiptSignature: check.receiptSignature,
      })),
    };
  }

  /** Appeals, open ones first by their clock. */
  async appeals(): Promise<ConsequenceView[]> {
    const rows = await this.database
      .getRepository(Consequence)
      .createQueryBuilder('row')
      .where('row.appealedAt IS NOT NULL')
      .orderBy('row.answeredAt', 'DESC', 'NULLS FIRST')
      .addOrderBy('row.answerDueAt', 'ASC')
      .take(200)
      .getMany();
    return this.views(rows);
  }

  /** What was decided about the losses of these plots: an appeal may be open, or have been granted. */
  async ofLosses(manager: EntityManager, plotRefs: string[]): Promise<Map<string, Consequence>> {
    const rows = await manager.find(Consequence, {
      where: { plotRef: Any(plotRefs), cause: 'plot_lost' },
      order: { at: 'ASC' },
    });
    return new Map(rows.map((row) => [row.plotRef!, row]));
  }

  /** What was found of plots that nobody proves, of these nodes; oldest first. */
  absences(manager: EntityManager, nodeIds: string[]): Promise<Consequence[]> {
    return manager.find(Consequence, {
      where: { nodeId: Any(nodeIds), cause: 'plots_absent' },
      order: { at: 'ASC' },
    });
  }

  private async decide(id: string, decision: { excused: boolean; answer: string; by: string | null }) {
    return this.database.transaction(async (manager) => {
      const row = await manager.findOne(Consequence, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!row) throw new CroftError('not_found');
      if (!row.appealedAt || row.answeredAt) throw new CroftError('conflict');
      row.answer = decision.answer;
      row.answeredBy = decision.by;
      row.answeredAt = this.clock.now();
      row.excused = decision.excused;
      const saved = await manager.save(row);
      const last = await this.last(manager, row.nodeId);
      if (decision.excused && last && last.to !== 'active') {
        const granted = { ...row, cause: 'appeal_granted' as const, evidence: {}, plotRef: undefined };
        await this.step(manager, granted, last.to, 'active');
      }
      return saved;
    });
  }

  private async step(
    manager: EntityManager,
    { nodeId, accountId, cause, evidence, plotRef }: Omit<Finding, 'weight'>,
    from: Stage,
    to: Stage,
  ) {
    // steps of one moment keep their order
    const last = await this.last(manager, nodeId);
    const at = new Date(Math.max(this.clock.now().getTime(), (last?.at.getTime() ?? 0) + 1));
    const lasts = stageMs[to];
    const reviewAt = lasts === null ? null : new Date(at.getTime() + lasts);
    await manager.insert(Consequence, {
      nodeId,
      accountId,
      from,
      to,
      cause,
      evidence,
      plotRef,
      at,
      reviewAt,
    });
    await this.nodes.holdWork(manager, nodeId, to === 'suspended');
  }

  private async last(manager: EntityManager, nodeId: string): Promise<Consequence | null> {
    // one step of a node at a time
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [nodeId]);
    const [last] = await manager.find(Consequence, { where: { nodeId }, order: { at: 'DESC' }, take: 1 });
    return last ?? null;
  }

  /** When the node came to its stage: repeated findings do not make that later. */
  private async stageSince(manager: EntityManager, nodeId: string, stage: Stage, fallback: Date) {
    const [entered] = await manager
      .createQueryBuilder(Consequence, 'row')
      .where('row.nodeId = :nodeId AND row.to = :stage AND row.from <> :stage', { nodeId, stage })
      .orderBy('row.at', 'DESC')
      .take(1)
      .getMany();
    return entered?.at ?? fallback;
  }

  private newest() {
    return this.database
      .getRepository(Consequence)
      .createQueryBuilder('row')
      .where(
        'NOT EXISTS (SELECT 1 FROM consequences later WHERE later."nodeId" = row."nodeId" AND later.at > row.at)',
      );
  }

  private async answerMs({ plotRef }: Consequence): Promise<number> {
    const plot = plotRef ? (await this.plots.byRefs([plotRef])).get(plotRef) : undefined;
    return plot ? (await this.campaigns.byId(plot.campaignId)).appealSeconds * 1000 : ANSWER_MS;
  }

  private async views(rows: Consequence[]): Promise<ConsequenceView[]> {
    const nodes = await this.nodes.byIds(rows.map((row) => row.nodeId));
    const plots = await this.plots.byRefs(rows.flatMap((row) => row.evidence.plots ?? []));
    return rows.map((row) => ({
      id: row.id,
      nodeId: row.nodeId,
      nodeName: nodes.get(row.nodeId)?.name ?? '',
      from: row.from,
      to: row.to,
      cause: row.cause,
      at: row.at.toISOString(),
      reviewAt: row.reviewAt?.toISOString() ?? null,
      plotIds: (row.evidence.plots ?? []).flatMap((ref) => plots.get(ref)?.plotId ?? []),
      checkIds: row.evidence.checks ?? [],
      fraction: row.evidence.fraction ?? null,
      mayAppeal: row.appealedAt === null && isAgainst(row),
      appeal: row.appeal,
      appealedAt: row.appealedAt?.toISOString() ?? null,
      answerDueAt: row.answerDueAt?.toISOString() ?? null,
      answer: row.answer,
      answeredAt: row.answeredAt?.toISOString() ?? null,
      excused: row.excused,
    }));
  }
}

const isAgainst = ({ cause }: Consequence) =>
  cause === 'plot_lost' || cause === 'plots_absent' || cause === 'kept_in_part';
