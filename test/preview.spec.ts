import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import type { Client } from './support/client.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface Preview {
  epochs: number;
  cutEpochs: number;
  replayed: string;
  booked: string;
  difference: string;
  from: string | null;
  budget: { available: string; perDay: string | null; endsAt: string | null; lastsToEnd: boolean | null };
  contributors: number;
  items: { accountId: string; name: string; replayed: string; booked: string; difference: string }[];
  next: number | null;
}

describe('the preview of a campaign’s rates', () => {
  let world: World;
  let clients: Client[];
  let campaignId: string;
  const rates = {
    plottingPerPlot: { '18': (100n * TOKEN).toString() },
    immediateBps: 6000,
    storagePerPlotEquivalentHour: (28_782n * TOKEN).toString(),
  };
  const draft = (changes: object = {}) => ({
    ...rates,
    effectiveAt: new Date(world.clock.now().getTime() + HOUR).toISOString(),
    ...changes,
  });
  const path = () => `/admin/campaigns/${campaignId}/preview`;
  const preview = (changes: object = {}) => world.admin.must<Preview>('POST', path(), draft(changes));

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign({ plotTarget: 2 });
  });
  afterAll(() => world.end());

  test('before any epoch has closed, everything is unknown, not 0', async () => {
    expect(await preview()).toMatchObject({
      epochs: 0,
      from: null,
      budget: { perDay: null, endsAt: null, lastsToEnd: null },
      contributors: 0,
      items: [],
      next: null,
    });
  });

  describe('after some epochs', () => {
    beforeAll(async () => {
      clients = [await world.contributor({ store: '100MB', plot: true })];
      clients.push(await world.contributor({ store: '100MB', plot: true }));
      await world.until(
        'their plots are accepted',
        async () => (await world.count(`plots WHERE state = 'accepted'`)) === 2,
      );
      for (let epoch = 1; epoch <= 4; epoch++) {
        await world.chore('rounds');
        await world.until(
          'the round is answered',
          async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
        );
        world.clock.advance(HOUR + 30_000);
        await world.until('the epoch is closed', async () => (await world.count('bundles')) >= epoch);
      }
    });

    test('the same rates come to what was booked, for everybody, to the last unit', async () => {
      const same = await preview();
      const [{ sum }] = (await world.query<{ sum: string }>(
        'SELECT SUM(accrued)::text AS sum FROM epoch_closings',
      )) as [{ sum: string }];
      expect(same).toMatchObject({ replayed: sum, booked: sum, difference: '0', cutEpochs: 0 });
      expect(same.epochs).toBe(await world.count('epoch_closings'));
      for (const { difference } of same.items) expect(difference).toBe('0');
      for (const { name } of same.items) expect(name).toMatch(/^person\d$/);
    });

    test('other rates differ by what they are other in, account by account, page by page', async () => {
      const [{ sum }] = (await world.query<{ sum: string }>(
        `SELECT SUM(amount)::text AS sum FROM reward_lines WHERE kind IN ('plotting', 'plotting-held')`,
      )) as [{ sum: string }];
      const doubled = await preview({ plottingPerPlot: { '18': (200n * TOKEN).toString() } });
      expect(doubled.difference).toBe(sum);
      const both = doubled.items.reduce((all, { difference }) => all + BigInt(difference), 0n);
      expect(both.toString()).toBe(sum);
      const first = await preview({ plottingPerPlot: { '18': (200n * TOKEN).toString() }, limit: 1 });
      expect(first.items).toEqual(doubled.items.slice(0, 1));
      const rest = await preview({
        plottingPerPlot: { '18': (200n * TOKEN).toString() },
        limit: 1,
        offset: first.next ?? 1,
      });
      expect(rest.items).toEqual(doubled.items.slice(1, 2));
    });

    test('says when the budget ends, and when rates would have emptied it', async () => {
      const { budget } = await preview();
      expect(BigInt(budget.available)).toBeGreaterThan(0n);
      expect(budget.lastsToEnd !== null && budget.perDay !== null).toBe(true);
      const nothing = { plottingPerPlot: {}, storagePerPlotEquivalentHour: '0' };
      expect((await preview(nothing)).budget).toMatchObject({
        perDay: '0',
        endsAt: null,
        lastsToEnd: true,
      });
      const lavish = await preview({ storagePerPlotEquivalentHour: (10n ** 12n * TOKEN).toString() });
      expect(lavish.cutEpochs).toBeGreaterThan(0);
      expect(lavish.budget.lastsToEnd).toBe(false);
      expect(Date.parse(lavish.budget.endsAt!)).toBeGreaterThanOrEqual(world.clock.now().getTime());
    });

    test('changes nothing, also when it is refused', async () => {
      const before = await world.contents();
      const now = world.clock.now().getTime();
      const refused = async (code: string, changes: object, who = world.admin) => {
        const { body } = await who.call<{ code: string }>('POST', path(), draft(changes));
        expect(body?.code, JSON.stringify(changes)).toBe(code);
      };
      await refused('bad_request', { storagePerPlotEquivalentHour: '-1' });
      await refused('bad_request', { plottingPerPlot: { '18': '-1' } });
      await refused('bad_request', { plottingPerPlot: { '99': '1' } });
      await refused('bad_request', { immediateBps: -1 });
      await refused('bad_request', { limit: 201 });
      await refused('bad_request', { offset: -1 });
      await refused('rate_in_the_past', { effectiveAt: new Date(now - 1000).toISOString() });
      await refused('forbidden', {}, clients[0]!.person);
      const unknown = await world.admin.call<{ code: string }>(
        'POST',
        path().replace(campaignId, '00000000-0000-4000-8000-000000000000'),
        draft(),
      );
      expect(unknown.body?.code).toBe('not_found');
      await preview();
      expect(await world.contents()).toBe(before);
    });

    test('overlapping rates are refused as publishing them would be', async () => {
      const now = world.clock.now().getTime();
      const later = new Date(now + 5 * HOUR).toISOString();
      await world.admin.must('POST', `/admin/campaigns/${campaignId}/rates`, draft({ effectiveAt: later }));
      const { body } = await world.admin.call<{ code: string }>('POST', path(), draft());
      expect(body?.code).toBe('rate_in_the_past');
    });

    test('several at once are answered, too many are told to wait', async () => {
      const later = new Date(world.clock.now().getTime() + 6 * HOUR).toISOString();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          world.admin.call<{ code?: string }>(
            'POST',
            path(),
            draft({ effectiveAt: later, immediateBps: 100 + i }),
          ),
        ),
      );
      const codes = answers.map(({ body }) => body?.code ?? 'ok');
      expect(codes.filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(4);
      expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']));
    });

    test('what was kept is never changed', async () => {
      await expect(world.query('UPDATE epoch_works SET part = 9')).rejects.toThrow('append-only');
    });
  });
});
