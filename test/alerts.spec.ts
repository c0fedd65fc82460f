import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Alerts } from '../apps/center/src/platform/alerts/alerts.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface AlertItem {
  code: string;
  subject: string;
  severity: string;
  detail: Record<string, string>;
  clearedAt: string | null;
  ageSeconds: number;
}

describe('alerts', () => {
  let world: World;
  let campaignId: string;

  const look = async () => {
    await world.chore('watch');
    return (await world.admin.must<{ items: AlertItem[] }>('GET', '/admin/alerts')).items;
  };
  const open = async () => (await look()).filter((item) => item.clearedAt === null);

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign();
    await world.allChores();
  });
  afterAll(() => world.end());

  test('there are none while all goes well; only admins read them', async () => {
    expect(await look()).toEqual([]);
    const person = await world.person();
    expect((await person.call('GET', '/admin/alerts')).status).toBe(403);
  });

  test('a round that does not come is told of within two intervals, once, with its age', async () => {
    world.clock.advance(2 * 600_000 - 1_000);
    expect(await open()).toMatchObject([
      { code: 'round_stalled', severity: 'critical', subject: campaignId },
    ]);
    world.clock.advance(60_000);
    const [alert, ...others] = await open();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ ageSeconds: 60 });
    expect(Date.parse(alert!.detail.lastRoundAt!)).toBeLessThan(world.clock.now().getTime() - 2 * 600_000);
  });

  test('it is over as soon as a round is sent, and stays to be seen', async () => {
    await world.chore('close-rounds');
    await world.chore('rounds');
    expect(await open()).toEqual([]);
    const [over] = await look();
    expect(over).toMatchObject({ code: 'round_stalled', ageSeconds: 60 });
  });

  test('a round that does not close, and so holds its epoch up, is told of', async () => {
    for (let i = 0; i < 12; i++) {
      world.clock.advance(HOUR / 6);
      await world.chore('rounds');
      await world.chore('close-epochs');
    }
    expect((await open()).map((item) => item.code).sort()).toEqual(['epoch_stalled', 'round_stalled']);
    const [epoch] = (await open()).filter((item) => item.code === 'epoch_stalled');
    expect(epoch!.detail.epoch).toBe('0');
    await world.allChores();
    expect(await open()).toEqual([]);
  });

  test('a chain that cannot be read for a minute is told of', async () => {
    await world.chain.stop();
    expect(await open()).toEqual([]);
    world.clock.advance(60_000);
    expect((await open()).map((item) => item.code)).toEqual(['chain_unreachable']);
  });

  test('raised by several at once it is one alert', async () => {
    const alerts = world.app.get(Alerts);
    await Promise.all([1, 2, 3, 4].map((i) => alerts.raise('books_differ', 'x', { i: String(i) })));
    expect(await world.count(`alerts WHERE subject = 'x'`)).toBe(1);
    await alerts.clear('books_differ', 'x');
    await alerts.clear('books_differ', 'x');
    await alerts.raise('books_differ', 'x');
    expect(await world.count(`alerts WHERE subject = 'x'`)).toBe(2);
  });
});
