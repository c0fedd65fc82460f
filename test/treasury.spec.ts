import { afterEach, describe, expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { RawNode } from './support/raw-node.js';
import { World } from './support/world.js';

interface Treasury {
  items: Record<string, string | number | boolean | null>[] & { onContract: unknown }[];
  senders: Record<string, string | number | null>[];
}

describe('the treasury', () => {
  let world: World;
  let campaignId: string;
  let epochs = 0;
  afterEach(() => world.end());

  /** Epochs of a day, so that a promise of one token is a pace of one token a day. */
  const begin = async (funds: bigint) => {
    world = await World.begin({ funds });
    campaignId = await world.campaign({ plotTarget: 3, epochSeconds: 86_400 });
    await world.chore('funding');
    epochs = 0;
  };
  const promise = async (person: Person, amount: bigint) => {
    await earnEpoch(world, campaignId, epochs++, [[person, amount]]);
    await world.chore('funds');
  };
  const treasury = async () => world.admin.must<Treasury>('GET', '/admin/treasury');
  const campaign = async () =>
    (await world.admin.must<{ items: Record<string, unknown>[] }>('GET', '/campaigns')).items[0]!;
  const alerts = async () =>
    (
      await world.admin.must<{ items: { code: string; clearedAt: string | null }[] }>('GET', '/admin/alerts')
    ).items
      .filter(({ clearedAt }) => clearedAt === null)
      .map(({ code }) => code);
  const openTasks = () => world.count(`tasks WHERE state = 'open'`);

  test('what was never read is unknown; then every figure has its age', async () => {
    await begin(100n * TOKEN);
    const person = await world.person();
    expect(await treasury()).toMatchObject({
      items: [
        {
          everFunded: (100n * TOKEN).toString(),
          free: (100n * TOKEN).toString(),
          owed: '0',
          perDay: null,
          runwayDays: null,
          onContract: null,
        },
      ],
      senders: [],
    });
    await promise(person, 3n * TOKEN);
    for (let i = 0; i < 6; i++) await world.chore('payouts');
    await world.chore('treasury');
    world.clock.advance(30_000);
    const readAt = new Date(world.clock.now().getTime() - 30_000).toISOString();
    const { items, senders } = await treasury();
    expect(items).toMatchObject([
      {
        free: (97n * TOKEN).toString(),
        committed: '0',
        paid: (3n * TOKEN).toString(),
        perDay: (3n * TOKEN).toString(),
        runwayDays: 32.3,
        onContract: { tokenBalance: (97n * TOKEN).toString(), paid: (3n * TOKEN).toString(), readAt },
      },
    ]);
    expect(senders).toMatchObject([
      { role: 'proposer', address: world.chain.proposer.address, readAt },
      { role: 'approver', address: world.chain.approver.address, readAt },
    ]);
    expect(BigInt(senders[0]!.payouts!)).toBeGreaterThan(1_000_000n);
    expect((await person.call('GET', '/admin/treasury')).status).toBe(403);
  });

  test('alerts at 14, 7 and 2 days; then nothing new is handed out, and at the end it pauses', async () => {
    await begin(40n * TOKEN);
    const person = await world.person();
    await world.chore('queue');
    expect(await openTasks()).toBeGreaterThan(1);
    const asked = async () => {
      const node = await (await RawNode.pair(await world.person())).connect();
      const { tasks } = await node.call<{ tasks: unknown[] }>('task:next', {});
      node.close();
      return tasks.length;
    };
    expect(await asked()).toBe(1);
    await promise(person, 2n * TOKEN);
    expect(await alerts()).toEqual([]);
    await promise(person, 2n * TOKEN + 8n * TOKEN);
    expect(await alerts()).toEqual(['funds_for_7_days']);
    await promise(person, 16n * TOKEN);
    expect(await alerts()).toEqual(['funds_for_2_days']);
    expect(await campaign()).toMatchObject({ state: 'active', pausedForFunds: false });
    expect((await campaign()).fundsLowSince).not.toBeNull();
    // also what was queued before
    expect(await openTasks()).toBeGreaterThan(0);
    expect(await asked()).toBe(0);
    await world.query(`UPDATE tasks SET state = 'done'`);
    await world.chore('queue');
    expect(await openTasks()).toBe(0);
    await promise(person, 12n * TOKEN);
    expect(await alerts()).toEqual(['funds_exhausted']);
    expect(await campaign()).toMatchObject({ state: 'paused', pausedForFunds: true });
    // what was promised is paid all the same
    for (let i = 0; i < 6; i++) await world.chore('payouts');
    expect(await world.chain.chain.tokenBalance(world.chain.token, person.wallet.address)).toBe(40n * TOKEN);
  });

  test('new money lets it go on by itself; what an admin paused stays paused', async () => {
    await begin(10n * TOKEN);
    const person = await world.person();
    await promise(person, 10n * TOKEN);
    expect(await campaign()).toMatchObject({ state: 'paused', pausedForFunds: true });
    await world.chain.fund(world.chain.payoutContract, 10n * TOKEN);
    await world.chore('funding');
    await world.chore('funds');
    expect(await campaign()).toMatchObject({ state: 'active', pausedForFunds: false });
    expect(await alerts()).toEqual(['funds_for_2_days']);
    await world.admin.must('POST', `/admin/campaigns/${campaignId}/state`, { state: 'paused' });
    await world.chore('funds');
    expect(await campaign()).toMatchObject({ state: 'paused', pausedForFunds: false });
  });

  test('money that lasts to the end of the campaign is enough', async () => {
    await begin(40n * TOKEN);
    const person = await world.person();
    await world.query(`UPDATE campaigns SET "endsAt" = $1`, [
      new Date(world.clock.now().getTime() + 1.5 * 86_400_000),
    ]);
    await promise(person, 15n * TOKEN);
    expect(await alerts()).toEqual([]);
    expect((await campaign()).fundsLowSince).toBeNull();
  });

  test('a sender that could not pay everybody twice is told of', async () => {
    await begin(40n * TOKEN);
    const person = await world.person();
    await promise(person, TOKEN);
    await world.chain.setCoins(world.chain.proposer.address, 10n ** 12n);
    await world.chore('treasury');
    expect(await alerts()).toEqual(['gas_low']);
    await world.chain.setCoins(world.chain.proposer.address, 10n ** 20n);
    world.clock.advance(61_000);
    await world.chore('treasury');
    expect(await alerts()).toEqual([]);
  });
});
