import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DataSourceOptions, MigrationInterface } from 'typeorm';

const here = dirname(fileURLToPath(import.meta.url));

/** `migrations/` beside `apps/`, compiled or in source. */
function migrationsFolder(): string {
  const compiled = here.includes(`${join('dist', 'apps')}`);
  return join(here, compiled ? '../../../../migrations' : '../../../../../migrations');
}

type MigrationClass = new () => MigrationInterface;

/** Every migration, in the order of the time in its file name. */
export async function loadMigrations(): Promise<MigrationClass[]> {
  const folder = migrationsFolder();
  const files = readdirSync(folder)
    .filter((name) => /^\d+-.*\.(ts|js)$/.test(name) && !name.endsWith('.d.ts'))
    .sort();
  const modules = await Promise.all(
    files.map((name) => import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href)),
  );
  return modules.flatMap((module) => Object.values(module) as MigrationClass[]);
}

/** Connection to PostgreSQL. Entities are added by the domains; the schema changes by migrations only. */
export function databaseOptions(url: string): DataSourceOptions & { type: 'postgres' } {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize: 20,
    extra: {
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
      // whoever waits for a connection so long gets an error instead of holding up everybody
      connectionTimeoutMillis: 15_000,
    },
  };
}
