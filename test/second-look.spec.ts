import { closeSync, existsSync, openSync, readdirSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Client } from './support/client.js';
import { World } from './support/world.js';

const patience = { timeout: 120_000, interval: 200 };

describe('a new plot that cannot be proved', () => {
  let world: World;

  /** A client's new plot: registered, and not looked at yet. */
  const registered = async (): Promise<{ client: Client; file: string }> => {
    const known = await world.count('plots');
    const client = await world.contributor({ store: '100MB', plot: true });
    await vi.waitFor(async () => {
      await world.chore('queue');
      expect(await world.count('plots')).toBe(known + 1);
    }, patience);
    // the file has its final name before it is registered
    const [name] = readdirSync(client.path).filter((file) => file.endsWith('.plot'));
    return { client, file: join(client.path, name!) };
  };
  /** Spot checks are due, and are answered. */
  const look = async () => {
    await vi.waitFor(async () => {
      const [maker] = await world.query<{ at: Date }>(
        `SELECT "lastSeenAt" AS at FROM nodes
         WHERE id = (SELECT "nodeId" FROM plots ORDER BY "registeredAt" DESC LIMIT 1)`,
      );
      expect(maker!.at.getTime()).toBeGreaterThanOrEqual(world.clock.now().getTime() - 5_000);
    }, patience);
    await world.chore('spot-checks');
    await vi.waitFor(async () => expect(await world.count('checks WHERE verdict IS NULL')).toBe(0), patience);
    await world.chore('spot-checks');
  };
  const state = async () => {
    const [plot] = await world.query<{ state: string }>(
      'SELECT state FROM plots ORDER BY "registeredAt" DESC LIMIT 1',
    );
    return plot!.state;
  };
  const verdicts = async () => {
    const rows = await world.query<{ verdict: string; count: string }>(
      `SELECT verdict, count(*) FROM checks WHERE "plotRef" = (SELECT id FROM plots ORDER BY "registeredAt" DESC LIMIT 1)
       GROUP BY verdict`,
    );
    return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, Number(count)]));
  };

  beforeAll(async () => {
    world = await World.begin();
    await world.campaign({ plotTarget: 1 });
  });
  afterAll(() => world.end());

  test('is asked for again after a minute, and counts when it is proved then', async () => {
    const { client, file } = await registered();
    renameSync(file, `${file}.away`);
    await look();
    expect([await state(), await verdicts()]).toEqual(['registered', { empty: 4 }]);
    world.clock.advance(59_000);
    await look();
    expect([await state(), await verdicts()]).toEqual(['registered', { empty: 4 }]);
    renameSync(`${file}.away`, file);
    world.clock.advance(1_000);
    await look();
    expect([await state(), await verdicts()]).toEqual(['accepted', { empty: 4, proved: 4 }]);
    expect(client.said.filter(({ event }) => event === 'plot_rejected')).toEqual([]);
    expect(existsSync(file)).toBe(true);
    await client.stop();
  });

  test('is rejected when it fails again; its maker is told why, and its file is put aside, not deleted', async () => {
    world.clock.advance(1_000);
    await world.query('UPDATE campaigns SET "plotTarget" = 2');
    const { client, file } = await registered();
    const { size } = statSync(file);
    const opened = openSync(file, 'r+');
    // all tables; its header stays
    writeSync(opened, Buffer.alloc(size - 4096), 0, size - 4096, 4096);
    closeSync(opened);
    await look();
    expect([await state(), await verdicts()]).toEqual(['registered', { empty: 4 }]);
    world.clock.advance(60_000);
    await look();
    expect(await state()).toBe('rejected');
    await vi.waitFor(
      () =>
        expect(client.said.filter(({ event }) => event === 'plot_rejected')).toMatchObject([
          { reason: 'proof_missing', file: `${file}.rejected` },
        ]),
      patience,
    );
    expect(existsSync(`${file}.rejected`)).toBe(true);
    expect(await world.count('reward_lines')).toBe(0);
  });
});
