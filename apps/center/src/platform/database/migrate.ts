import { DataSource } from 'typeorm';
import { databaseOptions, loadMigrations } from './options.js';

/** Brings the schema up to date; several centers starting at once wait for each other. */
export async function migrate(url: string): Promise<void> {
  const source = await new DataSource({
    ...databaseOptions(url),
    migrations: await loadMigrations(),
  }).initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query("SELECT pg_advisory_lock(hashtextextended('croft:migrate', 0))");
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await lock.release();
    await source.destroy();
  }
}
