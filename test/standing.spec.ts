import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import type { Client } from './support/client.js';
import { confirmLoss, deletePlots, LOSS_TIMES, vainRound } from './support/lost-plot.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface ConsequenceItem {
  id: string;
  from: string;
  to: string;
  cause: string;
  plotIds: string[];
  checkIds: string[];
  mayAppeal: boolean;
  excused: boolean | null;
}

interface PutOff {
  plotId: string;
  amount: string;
  reason: string;
  until: string;
  remainingMs: number;
}

describe('a plot that is gone', () => {
  let world: World;
  let client: Client;
  let campaignId: string;

  const consequences = async () =>
    (await client.person.must<{ items: ConsequenceItem[] }>('GET', '/consequences')).items;
  const putOff = () =>
    client.person.must<{ running: number; putOff: number; putOffAmount: string; items: PutOff[] }>(
      'GET',
      `/earnings/held?campaignId=${campaignId}`,
    );
  const held = async () =>
    (await client.person.must<{ campaigns: { held: string }[] }>('GET', '/earnings/summary')).campaigns[0]!
      .held;

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign({
      retentionSeconds: 40 * 86_400,
      ...LOSS_TIMES,
    });
    client = await world.contributor({ store: '100MB', plot: true });
    await world.until(
      'its plot is accepted',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 1,
    );
    world.clock.advance(HOUR + 30_000);
    await world.until('the first epoch is closed', async () => (await world.count('epoch_closings')) === 1);
    expect(BigInt(await held())).toBe(40n * TOKEN);
    expect(await putOff()).toMatchObject({ running: 1, putOff: 0, putOffAmount: '0', items: [] });
  });
  afterAll(() => world.end());

  test('raises a doubt only, from which nothing follows yet', async () => {
    deletePlots(client);
    await vainRound(world);
    expect(await world.query('SELECT cause, "closedAt" FROM doubts')).toEqual([
      { cause: 'empty', closedAt: null },
    ]);
    expect(await world.count(`plots WHERE state = 'accepted'`)).toBe(1);
    expect(await consequences()).toEqual([]);
    const [doubt] = await world.query<{ askAt: Date }>('SELECT "askAt" FROM doubts');
    const { running, putOffAmount, items } = await putOff();
    expect({ running, putOffAmount }).toEqual({ running: 0, putOffAmount: (40n * TOKEN).toString() });
    expect(items).toMatchObject([{ reason: 'doubt', until: doubt!.askAt.toISOString() }]);
    expect(items[0]!.remainingMs).toBeGreaterThan(39 * 24 * HOUR);
  });

  test('is lost when it stays gone through the pause and all further questions, with a notice', async () => {
    await confirmLoss(world);
    expect(await world.count(`plots WHERE state = 'lost'`)).toBe(1);
    expect(await world.count('custodies WHERE "untilAt" IS NULL')).toBe(0);
    const [first] = await consequences();
    expect(first).toMatchObject({ from: 'active', to: 'notice', cause: 'plot_lost', mayAppeal: true });
    expect(first!.plotIds).toHaveLength(1);
    expect(first!.checkIds.length).toBeGreaterThanOrEqual(2);
    // the held part waits for an appeal
    expect(BigInt(await held())).toBe(40n * TOKEN);
    const [lost] = await world.query<{ at: Date }>('SELECT "closedAt" AS at FROM doubts');
    const finalAt = lost!.at.getTime() + LOSS_TIMES.appealSeconds * 1000;
    const until = new Date(finalAt).toISOString();
    expect((await putOff()).items).toMatchObject([{ plotId: first!.plotIds[0], reason: 'lost', until }]);
  });

  test('an appeal keeps the held part until it is answered; a refused one forfeits it to the campaign', async () => {
    const [notice] = await consequences();
    const appeal = { text: 'The disk was unplugged by the cat.' };
    await client.person.must('POST', `/consequences/${notice!.id}/appeal`, appeal);
    expect((await client.person.call('POST', `/consequences/${notice!.id}/appeal`, appeal)).status).toBe(409);
    world.clock.advance(1.5 * HOUR);
    await world.allChores();
    expect(BigInt(await held())).toBe(40n * TOKEN);
    const [open] = await world.query<{ at: Date }>('SELECT "answerDueAt" AS at FROM consequences');
    expect((await putOff()).items).toMatchObject([{ reason: 'appeal', until: open!.at.toISOString() }]);
    const { items } = await world.admin.must<{ items: ConsequenceItem[] }>('GET', '/admin/appeals');
    expect(items.map((item) => item.id)).toEqual([notice!.id]);
    const answer = { text: 'Please feed the cat.', excused: false };
    await world.admin.must('POST', `/admin/appeals/${notice!.id}/answer`, answer);
    world.clock.advance(3 * HOUR);
    await world.until('the held part is forfeited', async () => (await held()) === '0');
    expect(await putOff()).toMatchObject({ running: 0, putOff: 0, items: [] });
    const lines = await client.person.must<{ items: { kind: string; amount: string }[] }>(
      'GET',
      `/earnings/lines?campaignId=${campaignId}`,
    );
    expect(lines.items.find((line) => line.kind === 'plotting-forfeit')?.amount).toBe(
      (40n * TOKEN).toString(),
    );
    const [book] = await world.query<{ sum: string }>('SELECT SUM(amount) AS sum FROM ledger_postings');
    expect(book!.sum).toBe('0');
  });

  test('a notice ends by itself when nothing new is found', async () => {
    world.clock.advance(8 * 24 * HOUR);
    await world.chore('standings');
    const [last] = await consequences();
    expect(last).toMatchObject({ from: 'notice', to: 'active', cause: 'time_passed', mayAppeal: false });
  });
});
