import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '#libs/local-services';
import { migrate } from '../../apps/center/src/platform/database/migrate.js';

let server: Promise<Postgres> | undefined;
let count = 0;

/** One PostgreSQL for all files of a worker, with a migrated template; it ends with the process. */
function sharedServer(): Promise<Postgres> {
  server ??= (async () => {
    const postgres = await startPostgres({
      dataDir: mkdtempSync(join(tmpdir(), 'croft-test-pg-')),
      durable: false,
    });
    await migrate(await postgres.createDatabase('template_croft'));
    return postgres;
  })();
  return server;
}

/** A fresh, migrated database. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const postgres = await sharedServer();
  const name = `world_${process.pid}_${++count}`;
  return {
    url: await postgres.createDatabase(name, 'template_croft'),
    drop: () => postgres.dropDatabase(name),
  };
}
