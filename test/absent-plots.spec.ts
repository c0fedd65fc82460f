import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConsequenceView } from '../apps/center/src/audits/standing/dto.js';
import type { HeldPartsAnswer } from '../apps/center/src/rewards/dto.js';
import type { Client } from './support/client.js';
import { closeEpochs, keeper } from './support/closed-epochs.js';
import { LOSS_TIMES } from './support/lost-plot.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

let world: World;
let client: Client;
let campaignId: string;

/** Rounds go by that nobody answers. */
const pass = async (hours: number) => {
  for (let i = 0; i < 4 * hours; i++) {
    world.clock.advance(HOUR / 4);
    for (const chore of ['rounds', 'close-rounds', 'close-epochs', 'standings']) await world.chore(chore);
  }
};
const found = async () =>
  (await client.person.must<{ items: ConsequenceView[] }>('GET', '/consequences')).items.filter(
    ({ cause }) => cause === 'plots_absent',
  );
const putOff = () => client.person.must<HeldPartsAnswer>('GET', `/earnings/held?campaignId=${campaignId}`);
const lines = (kind: string) => world.count(`reward_lines WHERE kind = '${kind}'`);

beforeEach(async () => {
  world = await World.begin();
  campaignId = await world.campaign({ retentionSeconds: (3 * HOUR) / 1000, ...LOSS_TIMES });
  client = await keeper(world);
  await closeEpochs(world, 1);
  await client.stop();
  // longer than ten times what a proof vouches for; asked for every quarter of an hour
  await pass(12);
  expect([await found(), await lines('plotting-forfeit')]).toEqual([[], 0]);
  await pass(5);
});
afterEach(() => world.end());

test('a plot that nobody proves is told of before its held part is forfeited, and then it is', async () => {
  const [finding] = await found();
  expect(finding).toMatchObject({ from: 'active', to: 'notice', mayAppeal: true });
  expect(finding!.plotIds).toHaveLength(1);
  expect(finding!.checkIds.length).toBeGreaterThan(0);
  expect(await lines('plotting-forfeit')).toBe(0);
  const until = new Date(Date.parse(finding!.at) + LOSS_TIMES.appealSeconds * 1000).toISOString();
  expect((await putOff()).items).toMatchObject([{ reason: 'lost', until, plotId: finding!.plotIds[0] }]);
  await pass(4);
  expect(await found()).toHaveLength(1);
  expect([await lines('plotting-forfeit'), await world.count('held_parts')]).toEqual([1, 0]);
});

test('an appeal stops that, and one that is granted lets its time go on', async () => {
  const [finding] = await found();
  await client.person.must('POST', `/consequences/${finding!.id}/appeal`, { text: 'I was at sea.' });
  await pass(1);
  expect((await putOff()).items).toMatchObject([{ reason: 'appeal' }]);
  const answer = { text: 'Welcome back.', excused: true };
  await world.admin.must('POST', `/admin/appeals/${finding!.id}/answer`, answer);
  await pass(5);
  expect([await lines('plotting-forfeit'), await lines('plotting-release')]).toEqual([0, 1]);
  expect(await world.count('held_parts')).toBe(0);
});
