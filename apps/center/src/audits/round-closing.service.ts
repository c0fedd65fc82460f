import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Brackets, DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { NodesService } from '../nodes/nodes.service.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Check, Round } from './audit.entity.js';
import { DoubtsService, type Raised } from './standing/doubts.service.js';

/** Closing rounds: whoever did not answer was silent, and what was asked for in vain is doubted. */
@Injectable()
export class RoundClosingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly nodes: NodesService,
    private readonly doubts: DoubtsService,
    private readonly clock: Clock,
  ) {}

  /** Closes every round whose time is over, or that everybody answered. */
  async closeDue(): Promise<void> {
    const over = await this.database
      .getRepository(Round)
      .createQueryBuilder('round')
      .where('round.closedAt IS NULL')
      .andWhere(
        new Brackets((either) =>
          either
            .where('round.closesAt <= :now', { now: this.clock.now() })
            .orWhere(
              'NOT EXISTS (SELECT 1 FROM checks c WHERE c."roundId" = round.id AND c.verdict IS NULL)',
            ),
        ),
      )
      .orderBy('round.closesAt')
      .take(500)
      .getMany();
    await forEach(over, (round) => this.database.transaction((manager) => this.close(manager, round)));
  }

  private async close(manager: EntityManager, { id }: Round) {
    const round = await manager.findOneOrFail(Round, { where: { id }, lock: { mode: 'pessimistic_write' } });
    await manager.update(Check, { roundId: id, verdict: IsNull() }, { verdict: 'silent' });
    await manager.update(Round, id, { closedAt: this.clock.now() });
    if (round.kind !== 'broadcast') return;
    const vain = await manager.findBy(Check, { roundId: id, verdict: In(['empty', 'invalid', 'silent']) });
    const there = await this.heardOf(round, [...new Set(vain.map((check) => check.nodeId))]);
    const withheld = vain.filter((check) => check.verdict === 'silent' && there.has(check.nodeId));
    for (let i = 0; i < withheld.length; i += 1000) {
      const ids = withheld.slice(i, i + 1000).map((check) => check.id);
      await manager.update(Check, { id: In(ids) }, { withheld: true });
    }
    const held = new Set(withheld.map((check) => check.id));
    await this.doubts.raise(
      manager,
      round.campaignId,
      vain.flatMap((check): Raised[] => {
        if (check.verdict === 'empty' || check.verdict === 'invalid')
          return [{ check, cause: check.verdict }];
        return held.has(check.id) ? [{ check, cause: 'withheld' }] : [];
      }),
    );
  }

  /** Nodes that were heard of in the later half of the round's time: they could have answered. */
  private async heardOf(round: Round, nodeIds: string[]): Promise<Set<string>> {
    const half = (round.sentAt.getTime() + round.deadlineAt.getTime()) / 2;
    const nodes = await this.nodes.byIds(nodeIds);
    const heard = (id: string) => {
      const node = nodes.get(id);
      return node ? (this.nodes.lastHeard(node)?.getTime() ?? 0) : 0;
    };
    return new Set(nodeIds.filter((id) => heard(id) >= half));
  }
}
