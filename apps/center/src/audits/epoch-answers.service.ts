import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Answer, Challenge } from '#libs/bundle';
import { Round } from './audit.entity.js';

const AT_ONCE = 2_000;

/** Rows as PostgreSQL gives them. */
interface AnswerRow extends Omit<Answer, 'threshold' | 'claims' | 'receivedAt'> {
  claimedKind: string | null;
  claimedK: number | null;
  threshold: string;
  receivedAt: Date | null;
}

/** An epoch's rounds and checks as its bundle has them. */
@Injectable()
export class EpochAnswersService {
  /** By index, from 0. */
  async challenges(manager: EntityManager, epochId: string): Promise<Challenge[]> {
    const rounds = await manager.find(Round, { where: { epochId }, order: { index: 'ASC' } });
    return rounds.map((round) => ({
      round: round.index,
      roundId: round.id,
      kind: round.kind,
      beacon: round.beacon,
      blockNumber: round.blockNumber,
      blockHash: round.blockHash,
      only: round.onlyPlot,
      sentAt: round.sentAt.getTime(),
      deadlineAt: round.deadlineAt.getTime(),
    }));
  }

  /** Every check of the epoch's rounds, sorted by node, plot and round. Only within a transaction. */
  async *answers(manager: EntityManager, epochId: string): AsyncGenerator<Answer> {
    await manager.query(
      `DECLARE epoch_answers NO SCROLL CURSOR FOR
       SELECT c."nodeId" AS node, c."plotRef" AS plot, r.index AS round, c."accountId" AS account, c.threshold,
         c.verdict, c.withheld, c."claimedKind", c."claimedK", c."subIndex", c.proof, c."answerSignature" AS signature, c."receivedAt",
         c."receiptSignature" AS receipt
       FROM checks c JOIN rounds r ON r.id = c."roundId" WHERE r."epochId" = $1
       ORDER BY c."nodeId", c."plotRef", r.index`,
      [epochId],
    );
    for (;;) {
      const rows: AnswerRow[] = await manager.query(`FETCH ${AT_ONCE} FROM epoch_answers`);
      for (const { claimedKind, claimedK, ...row } of rows) {
        yield {
          ...row,
          threshold: Number(row.threshold),
          claims: claimedKind === null || claimedK === null ? null : { kind: claimedKind, k: claimedK },
          receivedAt: row.receivedAt?.getTime() ?? null,
        };
      }
      if (rows.length < AT_ONCE) break;
    }
    await manager.query('CLOSE epoch_answers');
  }
}
