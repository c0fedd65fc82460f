import pg from 'pg';
import { type Rates, rulesets } from '#libs/ruleset';
import { Replay } from './replay.js';
import { epochOf } from './work-parts.js';

/** Parts of that many epochs are read at once. */
const EPOCHS_AT_ONCE = 20;
const STATEMENT_MS = 30_000;

export interface PreviewJob {
  databaseUrl: string;
  campaignId: string;
  ruleset: string;
  rates: Rates;
  /** The epochs to replay: from the first to the last, those whose work is kept. */
  firstEpoch: number;
  lastEpoch: number;
}

/** What an account gets under the draft, and what was booked; base units, forfeits taken off. */
export interface AccountDifference {
  account: string;
  replayed: bigint;
  booked: bigint;
}

export interface PreviewResult {
  epochs: number;
  from: number | null;
  until: number | null;
  coveredMs: number;
  total: bigint;
  booked: bigint;
  wanted: bigint;
  cutEpochs: number;
  /** Largest difference first. */
  accounts: AccountDifference[];
}

/** Reads the epochs once, in order, and replays them. Runs in a thread of its own (preview-worker.ts). */
export async function previewOf(job: PreviewJob): Promise<PreviewResult> {
  const client = new pg.Client({ connectionString: job.databaseUrl, statement_timeout: STATEMENT_MS });
  await client.connect();
  try {
    // what is read must be of one moment
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const replay = new Replay(rulesets[job.ruleset]!.price, job.rates);
    for (let first = job.firstEpoch; first <= job.lastEpoch; first += EPOCHS_AT_ONCE) {
      const last = Math.min(job.lastEpoch, first + EPOCHS_AT_ONCE - 1);
      for (const parts of await partsOfEpochs(client, job.campaignId, first, last))
        replay.add(epochOf(parts));
    }
    const { epochs, byAccount, ...sums } = replay.result;
    const booked = await bookedIn(client, job.campaignId, epochs);
    const accounts = [...new Set([...byAccount.keys(), ...booked.keys()])].map((account) => ({
      account,
      replayed: byAccount.get(account) ?? 0n,
      booked: booked.get(account) ?? 0n,
    }));
    accounts.sort(byDifference);
    return {
      ...sums,
      epochs: epochs.length,
      booked: accounts.reduce((sum, row) => sum + row.booked, 0n),
      accounts,
    };
  } finally {
    await client.end();
  }
}

async function partsOfEpochs(
  client: pg.Client,
  campaignId: string,
  first: number,
  last: number,
): Promise<Iterable<Buffer[]>> {
  const { rows } = await client.query<{ epochIndex: number; content: Buffer }>(
    `SELECT "epochIndex", content FROM epoch_works
     WHERE "campaignId" = $1 AND "epochIndex" BETWEEN $2 AND $3 ORDER BY "epochIndex", part`,
    [campaignId, first, last],
  );
  const epochs = new Map<number, Buffer[]>();
  for (const { epochIndex, content } of rows) {
    const parts = epochs.get(epochIndex);
    if (parts) parts.push(content);
    else epochs.set(epochIndex, [content]);
  }
  return epochs.values();
}

/** New promises less forfeits of these epochs as the lines say, by account. */
async function bookedIn(
  client: pg.Client,
  campaignId: string,
  epochs: readonly number[],
): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ account: string; sum: string }>(
    `SELECT l."accountId" AS account,
       SUM(CASE l.kind WHEN 'plotting-release' THEN 0 WHEN 'plotting-forfeit' THEN -l.amount ELSE l.amount END) AS sum
     FROM epoch_closings c JOIN reward_lines l ON l."epochId" = c."epochId"
     WHERE c."campaignId" = $1 AND c."epochIndex" = ANY($2) GROUP BY 1`,
    [campaignId, epochs],
  );
  return new Map(rows.map(({ account, sum }) => [account, BigInt(sum)]));
}

function byDifference(a: AccountDifference, b: AccountDifference): number {
  const [left, right] = [a, b].map(({ replayed, booked }) =>
    replayed > booked ? replayed - booked : booked - replayed,
  ) as [bigint, bigint];
  if (left !== right) return left > right ? -1 : 1;
  return a.account < b.account ? -1 : 1;
}
