import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import type { LineKind } from '#libs/ruleset';

/** A contributor's part of a campaign's book, from a moment (in) to a moment (out), by when it was booked. */
export interface StatementPeriod {
  readonly campaignId: string;
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
}

/** Base units, by the ledger. */
export interface StatementSums {
  readonly held: bigint;
  /** Earned, not held, not paid. */
  readonly due: bigint;
  readonly paid: bigint;
}

export interface StatementLine {
  readonly id: string;
  readonly bookedAt: Date;
  /** End of the epoch; null of payments, and so all to `rate`. */
  readonly earnedAt: Date | null;
  readonly epochIndex: number | null;
  readonly kind: LineKind | 'payment';
  /** Base units. */
  readonly amount: bigint;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly rate: string | null;
  /** Of a payment on chain. */
  readonly tx: string | null;
}

export type StatementPart =
  | { readonly part: 'opening'; readonly sums: StatementSums; readonly count: number }
  | { readonly part: 'lines'; readonly lines: readonly StatementLine[] }
  | { readonly part: 'closing'; readonly sums: StatementSums };

const AT_ONCE = 500;
/** A reader that takes nothing for so long is given up, so that no old state of the database is kept for it. */
const IDLE = '30s';

/** Rewards say when their epoch ended, the book when they were entered; the book counts, so that sums agree. */
const LINES = `
  SELECT COALESCE(t.at, c."closedAt") AS "bookedAt", l.id::text AS id, l.at AS "earnedAt", l."epochIndex", l.kind,
    l.amount, l.quantity, l.unit, l.rate, NULL AS key
  FROM reward_lines l
  JOIN epoch_closings c ON c."epochId" = l."epochId"
  LEFT JOIN ledger_transactions t ON t.key = 'accrue:' || l."epochId"
  WHERE l."accountId" = $1 AND l."campaignId" = $2
  UNION ALL
  SELECT t.at, p.id::text, NULL, NULL, 'payment', p.amount, NULL, NULL, NULL, t.key
  FROM ledger_postings p JOIN ledger_transactions t ON t.id = p."transactionId"
  WHERE p.owner = $1 AND p."campaignId" = $2 AND p.account = 'contributor:paid'`;

interface Row extends Omit<StatementLine, 'amount' | 'tx'> {
  amount: string;
  key: string | null;
}

/** Reads what statements are made of: lines, payments and the ledger's own sums, all of one moment. */
@Injectable()
export class StatementLinesService {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** First what stood before the period, then its lines in order of booking, then what stood after it. */
  async *read(period: StatementPeriod): AsyncGenerator<StatementPart, void> {
    const runner = this.database.createQueryRunner();
    await runner.connect();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('SET TRANSACTION READ ONLY');
      await runner.query(`SET LOCAL idle_in_transaction_session_timeout = '${IDLE}'`);
      const { accountId, campaignId, from, to } = period;
      const inPeriod = `(${LINES}) lines WHERE "bookedAt" >= $3 AND "bookedAt" < $4`;
      const values = [accountId, campaignId, from, to];
      const [{ count }] = await runner.query(`SELECT COUNT(*)::int AS count FROM ${inPeriod}`, values);
      yield { part: 'opening', sums: await sumsBefore(runner, period, from), count };
      await runner.query(
        `DECLARE statement NO SCROLL CURSOR FOR SELECT * FROM ${inPeriod} ORDER BY "bookedAt", id`,
        values,
      );
      for (;;) {
        const rows: Row[] = await runner.query(`FETCH ${AT_ONCE} FROM statement`);
        if (rows.length === 0) break;
        yield { part: 'lines', lines: rows.map(lineOf) };
      }
      yield { part: 'closing', sums: await sumsBefore(runner, period, to) };
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
      await runner.release();
    }
  }
}

async function sumsBefore(
  runner: QueryRunner,
  { accountId, campaignId }: StatementPeriod,
  at: Date,
): Promise<StatementSums> {
  const rows: { account: string; sum: string }[] = await runner.query(
    `SELECT p.account, SUM(p.amount) AS sum FROM ledger_postings p
     JOIN ledger_transactions t ON t.id = p."transactionId"
     WHERE p.owner = $1 AND p."campaignId" = $2 AND t.at < $3 GROUP BY p.account`,
    [accountId, campaignId, at],
  );
  const of = (account: string) => BigInt(rows.find((row) => row.account === account)?.sum ?? 0);
  return {
    held: of('contributor:held'),
    due: of('contributor:released') + of('contributor:published'),
    paid: of('contributor:paid'),
  };
}

function lineOf({ key, amount, ...row }: Row): StatementLine {
  const tx = key ? (/^pay:(0x[0-9a-f]{64})\b/.exec(key)?.[1] ?? null) : null;
  return { ...row, amount: BigInt(amount), tx };
}
