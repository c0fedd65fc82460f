import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../../test/support/database.js';
import { TestClock } from '../../../../../test/support/test-clock.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { databaseOptions } from '../../platform/database/options.js';
import { LedgerPosting, LedgerTransaction, ledgerAccounts } from './ledger.entity.js';
import { LedgerService, type Move } from './ledger.service.js';

const owners = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const campaign = { id: '00000000-0000-4000-8000-00000000000c', tokenAddress: '0xToken' } as Campaign;

describe('the ledger', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let source: DataSource;
  let ledger: LedgerService;
  const book = (key: string, moves: Move[]) =>
    source.transaction((manager) => ledger.book(manager, campaign, 'test', key, moves));

  beforeAll(async () => {
    database = await freshDatabase();
    const options = { ...databaseOptions(database.url), entities: [LedgerTransaction, LedgerPosting] };
    source = await new DataSource(options).initialize();
    ledger = new LedgerService(source, new TestClock());
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  test('what is said twice is booked once', async () => {
    const moves: Move[] = [{ from: 'campaign:external', to: 'campaign:funded', owner: null, amount: 7n }];
    expect(await book('twice', moves)).toBe(true);
    expect(await book('twice', moves)).toBe(false);
    expect((await ledger.campaignBalances(campaign.id))['campaign:funded']).toBe(7n);
  });

  test('a negative move is refused and books nothing', async () => {
    const moves: Move[] = [{ from: 'campaign:funded', to: 'campaign:committed', owner: null, amount: -1n }];
    await expect(book('negative', moves)).rejects.toThrow(RangeError);
    expect((await ledger.campaignBalances(campaign.id))['campaign:committed']).toBe(0n);
  });

  test('any sequence of moves sums to zero, and each balance is the sum of its moves', async () => {
    const move = fc.record({
      from: fc.constantFrom(...ledgerAccounts),
      to: fc.constantFrom(...ledgerAccounts),
      owner: fc.constantFrom(...owners),
      amount: fc.bigInt(0n, 2n ** 200n),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(move, { minLength: 1, maxLength: 5 }), { maxLength: 4 }),
        async (entries) => {
          const mine = {
            ...campaign,
            id: `00000000-0000-4000-9000-${String(++run).padStart(12, '0')}`,
          } as Campaign;
          for (const [i, moves] of entries.entries()) {
            await source.transaction((manager) => ledger.book(manager, mine, 'test', `${run}:${i}`, moves));
          }
          const balances = await ledger.campaignBalances(mine.id);
          expect(Object.values(balances).reduce((sum, value) => sum + value, 0n)).toBe(0n);
          const all = entries.flat();
          for (const account of ledgerAccounts) {
            const sum = (side: 'from' | 'to') =>
              all.filter((m) => m[side] === account).reduce((total, m) => total + m.amount, 0n);
            expect(balances[account]).toBe(sum('to') - sum('from'));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  describe('in the database itself', () => {
    const entry = `INSERT INTO ledger_transactions ("campaignId", kind, key, at) VALUES ('${campaign.id}', 'x', $1, now()) RETURNING id`;
    const posting = `INSERT INTO ledger_postings ("transactionId", "campaignId", account, owner, token, amount) VALUES ($1, '${campaign.id}', 'campaign:funded', NULL, $2, $3)`;
    const tryEntry = (key: string, postings: [token: string, amount: string][]) =>
      source.transaction(async (manager) => {
        const [{ id }] = await manager.query(entry, [key]);
        for (const [token, amount] of postings) await manager.query(posting, [id, token, amount]);
        return id as string;
      });

    test('an entry that does not sum to zero, or not for each token, is refused at commit', async () => {
      await expect(
        tryEntry('off', [
          ['a', '5'],
          ['a', '-4'],
        ]),
      ).rejects.toThrow('does not sum to zero');
      await expect(
        tryEntry('two tokens', [
          ['a', '5'],
          ['b', '-5'],
        ]),
      ).rejects.toThrow('does not sum to zero');
      await expect(tryEntry('empty', [])).rejects.toThrow('has no postings');
      const [{ count }] = await source.query(
        `SELECT COUNT(*) FROM ledger_transactions WHERE key IN ('off', 'two tokens', 'empty')`,
      );
      expect(count).toBe('0');
    });

    test('nothing is added to an entry later', async () => {
      const id = await tryEntry('later', [
        ['a', '5'],
        ['a', '-5'],
      ]);
      await expect(source.query(posting, [id, 'a', '0'])).rejects.toThrow('with their entry only');
    });

    test.each([
      'UPDATE ledger_postings SET amount = 0',
      'DELETE FROM ledger_postings',
      'TRUNCATE ledger_postings',
      `UPDATE ledger_transactions SET kind = 'y'`,
      'DELETE FROM ledger_transactions',
      'DELETE FROM reward_lines',
      'UPDATE epoch_closings SET accrued = 0',
    ])('%s is refused', async (sql) => {
      await expect(source.query(sql)).rejects.toThrow('append-only');
    });
  });
});
