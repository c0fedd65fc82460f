import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { LocalServiceError } from './errors.js';
import { SUPERUSER } from './postgres-cluster.js';

/** Connection string for one database of a local server. */
export function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Whether the server at this port takes our password and serves exactly this cluster. */
export async function canLogIn(port: number, password: string, cluster: string): Promise<boolean> {
  try {
    const [row] = await query<{ dir: string }>(
      port,
      password,
      "SELECT current_setting('data_directory') AS dir",
    );
    return row !== undefined && realpathSync(row.dir) === realpathSync(cluster);
  } catch {
    return false;
  }
}

/**
 * Creates a database, as a copy of `template` when given; sessions still leaving the template are waited
 * for a few seconds.
 *
 * @throws LocalServiceError `database-name-invalid`, `database-exists`, `database-template-missing`
 */
export async function createDatabase(
  port: number,
  password: string,
  name: string,
  template?: string,
): Promise<void> {
  const source = quoted(template ?? 'template0');
  const statement = `CREATE DATABASE ${quoted(name)} TEMPLATE ${source}`;
  const deadline = performance.now() + 5000;
  for (;;) {
    try {
      await query(port, password, statement);
      return;
    } catch (cause) {
      const code = (cause as { code?: string }).code;
      if (code === '42P04') throw new LocalServiceError('database-exists', `database ${name} exists`);
      if (code === '3D000')
        throw new LocalServiceError('database-template-missing', `no database ${template}`);
      // object_in_use: a pool that was just closed has not left the template yet.
      if (code !== '55006' || performance.now() > deadline) throw cause;
      await sleep(50);
    }
  }
}

/** Creates the database unless it is there. */
export async function ensureDatabase(port: number, password: string, name: string): Promise<void> {
  const rows = await query(port, password, 'SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rows.length === 0) await createDatabase(port, password, name);
}

/** Drops the database and whoever is connected to it; does nothing when there is none. */
export async function dropDatabase(port: number, password: string, name: string): Promise<void> {
  await query(port, password, `DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`);
}

/** Names are limited to what needs no thought in SQL, in URLs and on the command line. */
function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    throw new LocalServiceError('database-name-invalid', `not a database name: ${JSON.stringify(name)}`);
  }
  return `"${name}"`;
}

async function query<Row extends pg.QueryResultRow>(
  port: number,
  password: string,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: databaseUrl(port, password, 'postgres'),
    connectionTimeoutMillis: 3000,
  });
  // A server that ends while we are connected reports it here too; the query's own rejection is enough.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
