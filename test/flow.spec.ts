import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PayoutCampaignContract } from '#libs/settlement';
import { TOKEN } from './support/chain.js';
import type { Client } from './support/client.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface Sums {
  campaigns: { held: string; released: string; published: string; paid: string }[];
}
interface PayoutItem {
  amount: string;
  state: string;
  tx: string;
  address: string;
}

describe('from joining to being paid', () => {
  let world: World;
  let plotter: Client;
  let storers: Client[];
  let campaignId: string;

  const sums = async (client: Client) => {
    const [first] = (await client.person.must<Sums>('GET', '/earnings/summary')).campaigns;
    return Object.fromEntries(
      Object.entries(first!).map(([name, value]) => [name, value]),
    ) as Sums['campaigns'][0];
  };
  const payouts = async (client: Client) =>
    (await client.person.must<{ items: PayoutItem[] }>('GET', '/payouts')).items;
  const balance = (client: Client) =>
    world.chain.chain.tokenBalance(world.chain.token, client.person.wallet.address);
  const keeperOf = async () => {
    const [row] = await world.query<{ nodeId: string }>(
      `SELECT "nodeId" FROM custodies WHERE "untilAt" IS NULL`,
    );
    return storers.find((storer) => storer.daemon!.snapshot().nodeId === row?.nodeId);
  };

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign();
    plotter = await world.contributor({ store: '0', plot: true });
    storers = [await world.contributor({ store: '100MB' }), await world.contributor({ store: '100MB' })];
  });
  afterAll(() => world.end());

  test('a plot is made, accepted after four fresh proofs, moved, and its custody passes', async () => {
    await world.until('custody has passed', async () => (await keeperOf()) !== undefined);
    expect(await world.count(`plots WHERE state = 'accepted'`)).toBe(1);
    expect(
      await world.count(`checks c JOIN rounds r ON r.id = c."roundId" WHERE r.kind = 'acceptance'`),
    ).toBe(4);
    expect(await world.count(`checks c JOIN rounds r ON r.id = c."roundId" WHERE r.kind = 'custody'`)).toBe(
      4,
    );
    expect(await world.count(`checks WHERE verdict <> 'proved'`)).toBe(0);
    expect(await world.count('custodies')).toBe(2);
    // the source deleted its copy only now; the keeper has the only one
    await world.until(
      'the source deleted its copy',
      async () => plotter.daemon!.snapshot().plots.files === 0,
    );
    expect((await keeperOf())!.daemon!.snapshot().plots.kept).toBe(1);
  });

  test('rounds are answered, the hour closes, and the lines say why', async () => {
    const keeper = (await keeperOf())!;
    for (let i = 0; i < 5; i++) {
      world.clock.advance(HOUR / 6);
      await world.chore('rounds');
      await world.until(
        'the round is answered',
        async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
      );
    }
    world.clock.advance(HOUR / 6 + 30_000);
    await world.until('the epoch is closed', async () => (await world.count('epoch_closings')) === 1);
    const plotted = await sums(plotter);
    const paidNow = 60n * TOKEN;
    expect(BigInt(plotted.held)).toBe(40n * TOKEN);
    expect(BigInt(plotted.released) + BigInt(plotted.published) + BigInt(plotted.paid)).toBe(paidNow);
    const { items } = await keeper.person.must<{
      items: { id: string; kind: string; amount: string; reason: object }[];
    }>('GET', `/earnings/lines?campaignId=${campaignId}`);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: 'storage', reason: { plots: 1, availabilityBps: 10_000 } });
    // one k=18 plot for an hour at 28,782 tokens per plot-equivalent hour is just under one token
    const amount = BigInt(items[0]!.amount);
    expect(amount).toBeGreaterThan(TOKEN / 2n);
    expect(amount).toBeLessThan(TOKEN);
    const detail = await keeper.person.must<{ evidence: { verdict: string; proof: string }[] }>(
      'GET',
      `/earnings/lines/${items[0]!.id}`,
    );
    expect(detail.evidence.length).toBeGreaterThanOrEqual(5);
    for (const check of detail.evidence) expect(check).toMatchObject({ verdict: 'proved' });
    expect((await plotter.person.call('GET', `/earnings/lines/${items[0]!.id}`)).status).toBe(404);
  });

  test('both are paid, once, and the chain agrees with the ledger', async () => {
    const keeper = (await keeperOf())!;
    await world.until('both are paid', async () =>
      (await Promise.all([plotter, keeper].map(payouts))).every(([first]) => first?.state === 'confirmed'),
    );
    for (const client of [plotter, keeper]) {
      const rows = await payouts(client);
      expect(rows).toHaveLength(1);
      expect(rows[0]!.address).toBe(client.person.wallet.address);
      expect(await balance(client)).toBe(BigInt(rows[0]!.amount));
      expect((await sums(client)).paid).toBe(rows[0]!.amount);
    }
    expect(await balance(plotter)).toBe(60n * TOKEN);
    const before = await world.count('outbox');
    for (let i = 0; i < 5; i++) await world.allChores();
    expect(await world.count('outbox')).toBe(before);
    const contract = new PayoutCampaignContract(world.chain.chain, world.chain.payoutContract);
    const [published] = await world.query<{ sum: string }>(
      `SELECT SUM(amount) AS sum FROM ledger_postings WHERE account = 'contributor:paid'`,
    );
    expect((await contract.state()).paidUnits * 10n ** 12n).toBe(BigInt(published!.sum));
  });

  test('the held part is released after the retention time, and paid', async () => {
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(HOUR);
      await world.until(
        'rounds are answered',
        async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
      );
      world.clock.advance(30_000);
      await world.allChores();
    }
    await world.until('the rest is paid', async () => (await balance(plotter)) === 100n * TOKEN);
    expect((await sums(plotter)).held).toBe('0');
    const kinds = await world.query<{ kind: string }>(
      `SELECT kind FROM reward_lines WHERE "plotId" IS NOT NULL`,
    );
    expect(kinds.map((row) => row.kind).sort()).toEqual(['plotting', 'plotting-held', 'plotting-release']);
  });

  test('a client that is away is silent, and loses that part of its pay only', async () => {
    const keeper = (await keeperOf())!;
    await keeper.stop();
    world.clock.advance(HOUR / 2);
    await world.chore('rounds');
    world.clock.advance(60_000);
    await world.chore('close-rounds');
    expect(await world.count(`checks WHERE verdict = 'silent'`)).toBe(1);
    await keeper.start();
    world.clock.advance(HOUR / 6);
    await world.until('it answers again', async () => {
      const [last] = await world.query<{ verdict: string | null }>(
        `SELECT verdict FROM checks ORDER BY "sentAt" DESC LIMIT 1`,
      );
      return last?.verdict === 'proved';
    });
    expect(await world.count(`plots WHERE state = 'accepted'`)).toBe(1);
  });

  test('the center and a client may restart at any time: nothing is lost, nothing is paid twice', async () => {
    const keeper = (await keeperOf())!;
    const before = await balance(plotter);
    await world.stopCenter();
    await world.startCenter();
    await keeper.stop();
    await keeper.start();
    await world.until('it is back', async () => keeper.daemon!.snapshot().plots.kept === 1);
    world.clock.advance(HOUR);
    await world.chore('rounds');
    await world.until(
      'the round is answered',
      async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
    );
    world.clock.advance(HOUR);
    for (let i = 0; i < 5; i++) await world.allChores();
    expect(await balance(plotter)).toBe(before);
    const [book] = await world.query<{ sum: string }>('SELECT SUM(amount) AS sum FROM ledger_postings');
    expect(book!.sum).toBe('0');
  });
});
