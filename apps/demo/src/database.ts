import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '#libs/local-services';

/** A fresh database for one run of the demo. */
export interface DemoDatabase {
  url: string;
  stop(): Promise<void>;
}

/** Embedded PostgreSQL below `home` (kept for the next run), or the server of DATABASE_URL. */
export async function startDemoDatabase(home: string): Promise<DemoDatabase> {
  const name = `croft_demo_${randomBytes(4).toString('hex')}`;
  const { DATABASE_URL: given } = process.env;
  if (given) return onServer(given, name);
  const server = await startPostgres({ dataDir: join(home, 'postgres') });
  const url = await server.createDatabase(name);
  const stop = async () => {
    await server.dropDatabase(name);
    await server.stop();
  };
  return { url, stop };
}

async function onServer(given: string, name: string): Promise<DemoDatabase> {
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: given });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}
