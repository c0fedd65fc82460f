import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseOptions, loadMigrations } from '../apps/center/src/platform/database/options.js';
import { freshDatabase } from './support/database.js';

const center = new URL('../apps/center/src/', import.meta.url).pathname;

/** Every entity class of the center, found by its file's name. */
async function allEntities() {
  const files = readdirSync(center, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.entity.ts'),
  );
  const modules = await Promise.all(files.map((name) => import(/* @vite-ignore */ join(center, name))));
  const entities = modules
    .flatMap((module) => Object.values(module))
    .filter((value) => typeof value === 'function');
  expect(files.length).toBeGreaterThan(8);
  return entities as (new () => object)[];
}

describe('the database', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let source: DataSource;

  beforeAll(async () => {
    database = await freshDatabase();
    const options = { ...databaseOptions(database.url), entities: await allEntities() };
    source = await new DataSource({ ...options, migrations: await loadMigrations() }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  test('migrated is exactly what the entities say', async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('every migration can be undone and done again', async () => {
    const migrations = await loadMigrations();
    for (let i = 0; i < migrations.length; i++) await source.undoLastMigration({ transaction: 'each' });
    const left = await source.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    expect(left.map((row: { tablename: string }) => row.tablename)).toEqual(['migrations']);
    expect(await source.runMigrations({ transaction: 'each' })).toHaveLength(migrations.length);
  });
});
