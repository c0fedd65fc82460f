import type { EntityManager } from 'typeorm';
import type { Check, Round } from './audit.entity.js';
import type { Due } from './custody-book.js';

/** What becomes of a check by its answer. */
export type Settled = Pick<
  Check,
  | 'id'
  | 'verdict'
  | 'claimedKind'
  | 'claimedK'
  | 'subIndex'
  | 'proof'
  | 'answerSignature'
  | 'receivedAt'
  | 'receiptSignature'
>;

/** What is known of a check that an answer is about. */
export type Asked = Pick<
  Check,
  'id' | 'roundId' | 'plotRef' | 'nodeId' | 'verdict' | 'receivedAt' | 'receiptSignature'
>;

/** Rows that one statement inserts. */
const PAGE = 5_000;

/** Writes down who is due in a round. */
export async function insertChecks(
  manager: EntityManager,
  { id, sentAt }: Pick<Round, 'id' | 'sentAt'>,
  due: readonly Due[],
): Promise<void> {
  for (let from = 0; from < due.length; from += PAGE) {
    const page = due.slice(from, from + PAGE);
    await manager.query(
      `INSERT INTO checks ("roundId", "sentAt", "plotRef", "nodeId", "accountId", threshold)
       SELECT $1, $2, * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[])`,
      [
        id,
        sentAt,
        page.map(({ plotRef }) => plotRef),
        page.map(({ nodeId }) => nodeId),
        page.map(({ accountId }) => accountId),
        page.map(({ threshold }) => threshold),
      ],
    );
  }
}

export const checkKey = (roundId: string, plotRef: string) => `${roundId} ${plotRef}`;

/** The checks of these plots in these rounds, locked until the transaction ends; by `checkKey`. */
export async function lockedChecks(
  manager: EntityManager,
  duties: readonly { roundId: string; plotRef: string }[],
): Promise<Map<string, Asked>> {
  if (duties.length === 0) return new Map();
  // one order for all, so that no two wait for each other
  const rows: Asked[] = await manager.query(
    `SELECT c.id, c."roundId", c."plotRef", c."nodeId", c.verdict, c."receivedAt", c."receiptSignature"
     FROM checks c JOIN unnest($1::uuid[], $2::uuid[]) AS duty("roundId", "plotRef")
       ON c."roundId" = duty."roundId" AND c."plotRef" = duty."plotRef"
     ORDER BY c.id FOR UPDATE OF c`,
    [duties.map((duty) => duty.roundId), duties.map((duty) => duty.plotRef)],
  );
  return new Map(rows.map((row) => [checkKey(row.roundId, row.plotRef), row]));
}

/** Writes down what the answers came to, all in one statement. */
export async function settleChecks(manager: EntityManager, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  await manager.query(
    `UPDATE checks c SET verdict = s.verdict, "claimedKind" = s."claimedKind", "claimedK" = s."claimedK",
       "subIndex" = s."subIndex", proof = s.proof, "answerSignature" = s."answerSignature",
       "receivedAt" = s."receivedAt", "receiptSignature" = s."receiptSignature"
     FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, verdict text, "claimedKind" text, "claimedK" integer,
       "subIndex" integer, proof text, "answerSignature" text, "receivedAt" timestamptz, "receiptSignature" text)
     WHERE c.id = s.id`,
    [JSON.stringify(settled)],
  );
}
