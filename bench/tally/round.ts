import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '#libs/local-services';
import type { Section } from '../frame/section.js';
import { addressOf, startCenter } from './center-process.js';
import { populate } from './load/population.js';

const NODES = 1_000;
const ROUNDS = 5;
const ROUND_SECONDS = 10;
/** As many of its plots are due in a round as by two checks a day in rounds of ten minutes. */
const DUE = (2 * 600) / 86_400;
/** Reading a million custodies for the first time is no part of a round. */
const FIRST_ROUND_MS = 120_000;
const LOOK_MS = 5;

/** A whole round in the real center on a durable database: who is due is drawn, and each check is written down. */
export const round: Section = {
  title: `A round over 100,000 custodies of ${NODES.toLocaleString('en')} nodes, a million with --large`,
  async run({ large, row }) {
    const plots = large ? 1_000_000 : 100_000;
    const folder = mkdtempSync(join(tmpdir(), 'croft-bench-round-'));
    // PostgreSQL may have to run as another user than root
    chmodSync(folder, 0o755);
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres') });
    let center: ChildProcess | undefined;
    const database = new pg.Client({ connectionString: postgres.url });
    try {
      center = startCenter(folder, postgres.url, { roles: 'api,audit' });
      await addressOf(center);
      await database.connect();
      const checksPerHour = (plots * DUE * 3600) / ROUND_SECONDS;
      await populate(database, { nodes: NODES, roundSeconds: ROUND_SECONDS, checksPerHour });
      await multiply(database, plots / NODES);
      const kept = await database.query('SELECT count(*)::int AS count FROM custodies');
      row({ name: 'custodies', samples: [kept.rows[0].count], unit: '', wanted: plots });
      await database.query(`UPDATE campaigns SET state = 'active', "startsAt" = now()`);
      const opened: Opened[] = [];
      for (let i = 0; i < ROUNDS; i++) opened.push(await nextRound(database, opened.at(-1)?.sentAt ?? null));
      row({ name: 'checks in it', samples: opened.map(({ checks }) => checks), unit: '' });
      row({
        name: 'drawn, written down and committed',
        samples: opened.map(({ seenAt, sentAt }) => seenAt.getTime() - sentAt.getTime()),
        unit: 'ms',
      });
    } finally {
      await database.end();
      if (center) {
        center.kill();
        if (center.exitCode === null) await once(center, 'exit');
      }
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Opened {
  sentAt: Date;
  seenAt: Date;
  checks: number;
}

/** Every node gets as many plots as `times` says, of the one it has. */
async function multiply(database: pg.Client, times: number): Promise<void> {
  await database.query(
    `INSERT INTO plots (id, "plotId", "significantId", k, kind, "farmerPublicKey", "contractPuzzleHash", "plotBytes",
       "contentRoot", "campaignId", "accountId", "nodeId", "leaseId", state, "registeredAt", "acceptedAt")
     SELECT gen_random_uuid(), hash, left(hash, 62), k, kind, '', '', "plotBytes", '', "campaignId", "accountId",
       "nodeId", gen_random_uuid(), state, "registeredAt", "acceptedAt"
     FROM plots, generate_series(2, $1) n,
       LATERAL (SELECT encode(sha256(convert_to("plotId" || n, 'UTF8')), 'hex') AS hash) hashed`,
    [times],
  );
  await database.query(
    `INSERT INTO custodies ("plotRef", "campaignId", "nodeId", "accountId", storing, "fromAt")
     SELECT id, "campaignId", "nodeId", "accountId", true, "acceptedAt" FROM plots p
     WHERE NOT EXISTS (SELECT 1 FROM custodies c WHERE c."plotRef" = p.id)`,
  );
  await database.query('ANALYZE');
}

/** The first round after another (null: the first of all), as soon as its transaction is through. */
async function nextRound(database: pg.Client, after: Date | null): Promise<Opened> {
  const deadline = Date.now() + FIRST_ROUND_MS;
  while (Date.now() < deadline) {
    const { rows } = await database.query<{ id: string; sentAt: Date; seenAt: Date }>(
      `SELECT id, "sentAt", clock_timestamp() AS "seenAt" FROM rounds
       WHERE kind = 'broadcast' AND "sentAt" > $1 ORDER BY "sentAt" LIMIT 1`,
      [after ?? new Date(0)],
    );
    const [found] = rows;
    if (found) {
      const counted = await database.query('SELECT count(*)::int AS count FROM checks WHERE "roundId" = $1', [
        found.id,
      ]);
      return { ...found, checks: counted.rows[0].count };
    }
    await sleep(LOOK_MS);
  }
  throw new Error(`no round within ${FIRST_ROUND_MS / 1000} s`);
}
