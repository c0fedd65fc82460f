import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from './support/client.js';
import { RawNode } from './support/raw-node.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Clients have this machine's clock, the center has the test's: what lies between is how wrong a client's clock is. */
describe('a client whose clock is wrong', () => {
  let world: World;
  const clients: Client[] = [];

  const skewTo = (clientAheadMs: number) =>
    world.clock.advance(Date.now() - clientAheadMs - world.clock.now().getTime());
  const unproved = () => world.count(`checks WHERE verdict IS DISTINCT FROM 'proved'`);

  beforeAll(async () => {
    world = await World.begin();
    // a day behind the clients from here on; the clock of the story only goes forward
    skewTo(DAY);
    await world.campaign({ plotTarget: 1 });
  });
  afterAll(() => world.end());

  test.each([
    ['a day ahead', DAY],
    ['an hour ahead', HOUR],
    ['an hour behind', -HOUR],
    ['a day behind', -DAY],
  ])('%s: its rounds are proved, and every time in the books is the center’s', async (_, ahead) => {
    skewTo(ahead);
    const known = await world.count('checks');
    await world.chore('leases');
    if (clients.length === 0) clients.push(await world.contributor({ store: '100MB', plot: true }));
    await world.until(
      'its plot is accepted',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 1,
    );
    await world.chore('rounds');
    await world.until(
      'a round is answered',
      async () => (await world.count('checks')) > known && (await unproved()) === 0,
    );
    const checks = await world.query<{ sentAt: Date; receivedAt: Date; deadlineAt: Date }>(
      `SELECT c."sentAt", c."receivedAt", r."deadlineAt" FROM checks c JOIN rounds r ON r.id = c."roundId"`,
    );
    for (const { sentAt, receivedAt, deadlineAt } of checks) {
      expect(receivedAt.getTime()).toBeGreaterThanOrEqual(sentAt.getTime());
      expect(receivedAt.getTime()).toBeLessThanOrEqual(deadlineAt.getTime());
    }
    const newest = Math.max(...checks.map(({ receivedAt }) => receivedAt.getTime()));
    expect(newest).toBeLessThanOrEqual(world.clock.now().getTime());
    expect(newest).toBeGreaterThan(world.clock.now().getTime() - HOUR / 2);
  });

  test('keeps its lease while it plots', async () => {
    await world.query('UPDATE campaigns SET "plotTarget" = 2');
    await world.until(
      'another plot is accepted',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 2,
    );
    expect(await world.query(`SELECT DISTINCT attempts FROM tasks`)).toEqual([{ attempts: 1 }]);
  });

  test('an answer that says when it was made is none', async () => {
    const node = await (await RawNode.pair(await world.person())).connect();
    const [round] = await world.query<{ id: string; beacon: string }>(
      'SELECT id, beacon FROM rounds LIMIT 1',
    );
    const answer = {
      ...{ roundId: round!.id, nodeId: node.id, plotId: '00'.repeat(32), plotKind: 'chia-v1', k: 18 },
      ...{ beacon: round!.beacon, subIndex: null, proof: null, receivedAt: world.clock.now().getTime() },
    };
    await expect(node.call('round:answer', node.signed(answer))).rejects.toMatchObject({
      code: 'bad_request',
    });
    node.close();
  });
});
