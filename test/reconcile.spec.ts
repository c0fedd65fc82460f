import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CampaignsService } from '../apps/center/src/campaigns/campaigns.service.js';
import { ReconcileService } from '../apps/center/src/rewards/reconcile/reconcile.service.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

describe('the books of a campaign', () => {
  let world: World;
  let campaignId: string;

  const reconcile = async () => {
    const campaign = await world.app.get(CampaignsService).byId(campaignId);
    return (await world.app.get(ReconcileService).reconcile(campaign)).differences;
  };
  const mayPay = () => world.app.get(ReconcileService).mayPay(campaignId);

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign();
    await world.contributor({ store: '100MB', plot: true });
    await world.until(
      'its plot is accepted',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 1,
    );
    world.clock.advance(HOUR + 30_000);
    await world.until(
      'somebody was paid',
      async () => (await world.count(`ledger_postings WHERE account = 'contributor:paid'`)) > 0,
    );
  });
  afterAll(() => world.end());

  test('agree: ledger, lines, bundle, contract and balance', async () => {
    expect(await reconcile()).toEqual([]);
    expect(await mayPay()).toBe(true);
  });

  test('that differ stop payouts, and the difference is named', async () => {
    // what no guard would let through, as if the database had been damaged
    await world.query('ALTER TABLE reward_lines DISABLE TRIGGER reward_lines_append_only');
    await world.query(`UPDATE reward_lines SET amount = amount + 1 WHERE kind = 'plotting-held'`);
    const differences = await reconcile();
    expect(differences.map(({ books, what }) => `${books}: ${what}`)).toEqual([
      'ledger and lines: promised to contributors',
      'ledger and lines: held',
    ]);
    expect(BigInt(differences[1]!.other) - BigInt(differences[1]!.ledger)).toBe(1n);
    expect(await mayPay()).toBe(false);
    const sent = await world.count('outbox');
    world.clock.advance(HOUR + 30_000);
    await world.until(
      'another epoch is in a root',
      async () => (await world.count(`payout_roots WHERE state = 'built'`)) > 0,
    );
    for (let i = 0; i < 5; i++) await world.chore('payouts');
    expect(await world.count('outbox')).toBe(sent);
    await world.query(`UPDATE reward_lines SET amount = amount - 1 WHERE kind = 'plotting-held'`);
    await world.query('ALTER TABLE reward_lines ENABLE TRIGGER reward_lines_append_only');
    expect(await reconcile()).toEqual([]);
    expect(await mayPay()).toBe(true);
    await world.until('payouts go on', async () => (await world.count('outbox')) > sent);
    await world.until(
      'all roots are paid',
      async () => (await world.count(`payout_roots WHERE state <> 'paid'`)) === 0,
    );
  });

  test('a payment the contract has and the ledger has not is waited for, then named', async () => {
    await world.query('ALTER TABLE ledger_postings DISABLE TRIGGER ledger_postings_append_only');
    await world.query('ALTER TABLE ledger_postings DISABLE TRIGGER ledger_postings_fit');
    await world.query(
      `UPDATE ledger_postings SET account = 'contributor:published' WHERE account = 'contributor:paid'`,
    );
    expect(await reconcile()).toEqual([]);
    world.clock.advance(HOUR / 2);
    expect(await reconcile()).toMatchObject([{ books: 'ledger and contract', what: 'paid', ledger: '0' }]);
    expect(await mayPay()).toBe(false);
  });
});
