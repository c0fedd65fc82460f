import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Task } from '#libs/protocol';
import type { Person } from './support/person.js';
import { RawNode } from './support/raw-node.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface Seen {
  plotsUntil: string;
  tooLateForPlots: boolean;
}

let world: World;
let person: Person;

beforeAll(async () => {
  world = await World.begin();
  person = await world.person();
});
afterAll(() => world.end());

const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * HOUR).toISOString();

test('a campaign that asks for plots and ends before any could be kept for the retention time is refused', async () => {
  const { token, payoutContract } = world.chain;
  const request = {
    name: 'Short',
    tokenAddress: token,
    payoutContract,
    startsAt: inHours(0),
    endsAt: inHours(2),
    epochSeconds: 3600,
    roundSeconds: 600,
    minK: 18,
    taskK: 18,
    plotTarget: 1,
    retentionSeconds: 7200,
    rates: { plottingPerPlot: { '18': '1' }, immediateBps: 6000, storagePerPlotEquivalentHour: '1' },
  };
  expect(await world.admin.call('POST', '/admin/campaigns', request)).toMatchObject({
    status: 400,
    body: {
      code: 'bad_request',
      details: { problems: ['retentionSeconds: no plot could be kept for so long before endsAt'] },
    },
  });
  expect(await world.query('SELECT id FROM campaigns')).toEqual([]);
});

test('within the retention time before its end a campaign neither asks for plots nor hands out those asked for', async () => {
  await world.campaign({ endsAt: inHours(5), retentionSeconds: 7200, plotTarget: 3 });
  const plotsUntil = inHours(3);
  const [early, late] = [await RawNode.pair(person), await RawNode.pair(person)];
  await world.chore('queue');
  const open = () => world.query<{ count: number }>(`SELECT COUNT(*)::int FROM tasks WHERE state = 'open'`);
  const seen = async () => (await person.must<{ items: Seen[] }>('GET', '/campaigns')).items;
  const next = async (node: RawNode) => (await node.call<{ tasks: Task[] }>('task:next', {})).tasks;
  expect(await open()).toEqual([{ count: 3 }]);

  world.clock.advance(3 * HOUR - 1);
  expect(await seen()).toMatchObject([{ plotsUntil, tooLateForPlots: false }]);
  await early.connect();
  expect(await next(early)).toMatchObject([{ kind: 'plot' }]);
  expect(await open()).toEqual([{ count: 2 }]);

  world.clock.advance(1);
  expect(await seen()).toMatchObject([{ plotsUntil, tooLateForPlots: true }]);
  await late.connect();
  expect(await next(late)).toEqual([]);
  // what was begun goes on
  expect(await next(early)).toMatchObject([{ kind: 'plot' }]);
  await world.query(`UPDATE tasks SET state = 'cancelled' WHERE state = 'open'`);
  await world.chore('queue');
  expect(await open()).toEqual([{ count: 0 }]);

  world.clock.advance(2 * HOUR);
  expect(await seen()).toMatchObject([{ tooLateForPlots: false }]);
  for (const node of [early, late]) node.close();
});

test('a campaign without plots of its own may be shorter than its retention time, and warns of nothing', async () => {
  const payoutContract = await world.chain.anotherContract();
  const times = { endsAt: inHours(1), retentionSeconds: 7200 };
  const id = await world.campaign({ ...times, payoutContract, plotTarget: 0 });
  const { items } = await person.must<{ items: (Seen & { id: string })[] }>('GET', '/campaigns');
  expect(items.find((campaign) => campaign.id === id)).toMatchObject({ tooLateForPlots: false });
});
