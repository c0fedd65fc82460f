import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Chores } from '../apps/center/src/platform/chores.js';
import type { CenterConfig } from '../apps/center/src/platform/config.js';
import { databaseOptions } from '../apps/center/src/platform/database/options.js';
import { Log } from '../apps/center/src/platform/log.js';
import { freshDatabase } from './support/database.js';

/** More than a process has connections. */
const MANY = 40;

let place: Awaited<ReturnType<typeof freshDatabase>>;
let database: DataSource;

beforeAll(async () => {
  place = await freshDatabase();
  database = await new DataSource(databaseOptions(place.url)).initialize();
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

test('more chores than connections come to their end, though all begin at once', async () => {
  const config = { CENTER_ROLES: ['audit'], CHORE_SECONDS: 0.01 } as unknown as CenterConfig;
  const chores = new Chores(database, new Log('silent'), config);
  const ran = new Map<string, number>();
  for (let i = 0; i < MANY; i++) {
    const name = `chore ${i}`;
    const run = async () => {
      await database.query('SELECT pg_sleep(0.02)');
      ran.set(name, (ran.get(name) ?? 0) + 1);
      if (i === 0) throw new Error('one that fails keeps nobody from theirs');
    };
    chores.register({ name, role: 'audit', run });
  }
  chores.start();
  // and somebody asks for something meanwhile
  await database.query('SELECT 1');
  const deadline = Date.now() + 60_000;
  while (ran.size < MANY || ![...ran.values()].every((times) => times > 1)) {
    if (Date.now() > deadline) throw new Error(`not in time: ${JSON.stringify([...ran])}`);
    await sleep(20);
  }
  await chores.onApplicationShutdown();
  expect(ran.size).toBe(MANY);
});
