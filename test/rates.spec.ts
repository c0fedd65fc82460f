import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccountsService } from '../apps/center/src/accounts/accounts.service.js';
import { Person } from './support/person.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface Rates {
  version: number;
  storagePerPlotEquivalentHour: string;
}
interface View {
  rates: Rates;
  nextRates: Rates | null;
  waitingRates: Rates | null;
}

let world: World;
let campaignId: string;
let second: Person;

const rates = (storage: bigint, inMs = HOUR) => ({
  plottingPerPlot: { '18': '100' },
  immediateBps: 6000,
  storagePerPlotEquivalentHour: storage.toString(),
  effectiveAt: new Date(world.clock.now().getTime() + inMs).toISOString(),
});
const change = (storage: bigint, inMs?: number) =>
  world.admin.call<View>('POST', `/admin/campaigns/${campaignId}/rates`, rates(storage, inMs));
const approve = (person: Person, version: number) =>
  person.call<View>('POST', `/admin/campaigns/${campaignId}/rates/${version}/approve`);

beforeAll(async () => {
  world = await World.begin();
  campaignId = await world.campaign({
    rates: { plottingPerPlot: { '18': '100' }, immediateBps: 6000, storagePerPlotEquivalentHour: '1000' },
  });
  const account = { email: 'second@test.example', password: 'correct horse', displayName: 'second' };
  await world.app.get(AccountsService).register(account, 'admin');
  second = new Person(world.url);
  await second.must('POST', '/auth/password', { email: account.email, password: account.password });
});
afterAll(() => world.end());

test('a small rise needs one admin', async () => {
  const { body } = await change(1200n);
  expect(body.nextRates).toMatchObject({ version: 2, storagePerPlotEquivalentHour: '1200' });
  expect(body.waitingRates).toBeNull();
});

test('a large rise waits for a second admin, who is another person', async () => {
  const { body } = await change(5000n, 2 * HOUR);
  expect(body.waitingRates).toMatchObject({ version: 3 });
  expect((await approve(world.admin, 3)).status).toBe(403);
  expect((await approve(second, 2)).status).toBe(409);
  expect((await approve(second, 9)).status).toBe(404);
  const agreed = await approve(second, 3);
  expect(agreed.body.waitingRates).toBeNull();
  expect((await approve(second, 3)).status).toBe(409);
  world.clock.advance(3 * HOUR);
  const { items } = await second.must<{ items: View[] }>('GET', '/campaigns');
  expect(items[0]!.rates.version).toBe(3);
});

test('without it, the rise never comes into force, and cannot be agreed to afterwards', async () => {
  expect((await change(90_000n)).body.waitingRates).toMatchObject({ version: 4 });
  world.clock.advance(2 * HOUR);
  const { items } = await second.must<{ items: View[] }>('GET', '/campaigns');
  expect(items[0]!.rates.version).toBe(3);
  expect((await approve(second, 4)).status).toBe(400);
});

test('rates that are negative, backdated or overlapping are refused', async () => {
  const negative = { ...rates(1n), storagePerPlotEquivalentHour: '-1' };
  expect((await world.admin.call('POST', `/admin/campaigns/${campaignId}/rates`, negative)).status).toBe(400);
  expect((await change(1n, -HOUR)).body).toMatchObject({ code: 'rate_in_the_past' });
  await change(5000n, 10 * HOUR);
  expect((await change(5000n, 5 * HOUR)).body).toMatchObject({ code: 'rate_in_the_past' });
});

test('a share for bringing others that would pay one person for many accounts is refused', async () => {
  const path = `/admin/campaigns/${campaignId}/rates`;
  const before = await world.contents();
  const refused = await world.admin.call('POST', path, { ...rates(5500n, 9 * HOUR), referralBps: 501 });
  expect(refused).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  expect(await world.contents()).toBe(before);
});

test('sizes that the kind of plots does not have are refused, and so is a kind nobody makes plots of', async () => {
  const path = `/admin/campaigns/${campaignId}/rates`;
  const foreign = { ...rates(1n, 20 * HOUR), plottingPerPlot: { '51': '1' } };
  expect((await world.admin.call('POST', path, foreign)).body).toMatchObject({ code: 'bad_request' });
  await expect(world.campaign({ minK: 17 })).rejects.toThrow('bad_request');
  await expect(world.campaign({ taskK: 51 })).rejects.toThrow('bad_request');
  for (const plotKind of ['chia-v2', 'swarm-replica']) {
    await expect(world.campaign({ plotKind })).rejects.toThrow('plot_kind_unknown');
  }
});

test('a contract that pays for one campaign pays for no other', async () => {
  await expect(world.campaign()).rejects.toThrow('conflict');
});
