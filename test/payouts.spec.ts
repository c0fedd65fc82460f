import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  buildPayoutTree,
  ChainError,
  emptyVector,
  PayoutCampaignContract,
  sendAndWait,
  setUnits,
  unitsAt,
  ZERO_ROOT,
} from '#libs/settlement';
import { TOKEN, UNIT_SIZE } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import { Person } from './support/person.js';
import { World } from './support/world.js';

describe('payouts', () => {
  let world: World;
  let campaignId: string;
  let epochs = 0;
  afterEach(() => world.end());

  const begin = async (settings: Record<string, string> = {}) => {
    world = await World.begin({ settings });
    campaignId = await world.campaign({ plotTarget: 0 });
    await world.chore('funding');
    epochs = 0;
  };
  const earn = (amounts: [Person, bigint][]) => earnEpoch(world, campaignId, epochs++, amounts);
  const balance = (person: Person) =>
    world.chain.chain.tokenBalance(world.chain.token, person.wallet.address);
  const advance = async (times = 6) => {
    for (let i = 0; i < times; i++) await world.chore('payouts').catch(() => {});
  };
  const whole = (amount: bigint) => (amount / UNIT_SIZE) * UNIT_SIZE;

  test('a root waits for an admin, then pays; what is below a unit stays for later', async () => {
    await begin({ PAYOUT_APPROVAL: 'admin' });
    const person = await world.person();
    await earn([[person, 3n * TOKEN + 5n]]);
    await advance();
    expect(await balance(person)).toBe(0n);
    const { items } = await world.admin.must<{
      items: { id: string; awaitsApproval: boolean; amount: string }[];
    }>('GET', '/admin/payouts');
    expect(items).toMatchObject([{ awaitsApproval: true, amount: (3n * TOKEN).toString() }]);
    expect((await person.call('POST', `/admin/payouts/${items[0]!.id}/approve`)).status).toBe(403);
    await world.admin.must('POST', `/admin/payouts/${items[0]!.id}/approve`);
    const again = await world.admin.call<{ code: string }>('POST', `/admin/payouts/${items[0]!.id}/approve`);
    expect(again.body.code).toBe('payout_not_pending');
    await advance();
    expect(await balance(person)).toBe(3n * TOKEN);
    const [{ released }] = (
      await person.must<{ campaigns: [{ released: string }] }>('GET', '/earnings/summary')
    ).campaigns;
    expect(released).toBe('5');
  });

  test('somebody without an address is paid everything once there is one', async () => {
    await begin();
    const nobody = new Person(world.url);
    await nobody.must('POST', '/auth/register', {
      email: 'later@test.example',
      password: 'correct horse',
      displayName: 'later',
    });
    const person = await world.person();
    await earn([
      [nobody, TOKEN],
      [person, TOKEN],
    ]);
    await advance();
    expect([await balance(nobody), await balance(person)]).toEqual([0n, TOKEN]);
    await nobody.must('PUT', '/me/payout-address', { address: nobody.wallet.address });
    await earn([[nobody, TOKEN]]);
    await advance();
    expect([await balance(nobody), await balance(person)]).toEqual([2n * TOKEN, TOKEN]);
  });

  test('an answer of the chain that is lost costs nothing: the same transaction is sent again', async () => {
    await begin();
    const person = await world.person();
    await earn([[person, TOKEN]]);
    const chain = world.chain.chain;
    const broadcast = chain.broadcast.bind(chain);
    let calls = 0;
    // every first try is lost on its way there, every second one on its way back
    chain.broadcast = async (raw) => {
      calls++;
      if (calls % 3 === 1) throw new ChainError('chain_unreachable', 'lost on the way there');
      const hash = await broadcast(raw);
      if (calls % 3 === 2) throw new ChainError('chain_unreachable', 'lost on the way back');
      return hash;
    };
    await advance(20);
    expect(await balance(person)).toBe(TOKEN);
    const outbox = await world.query<{ purpose: string; state: string }>('SELECT purpose, state FROM outbox');
    expect(outbox.map((row) => row.purpose).sort()).toEqual(['activate', 'approve', 'propose', 'push']);
    expect(await world.count('outbox_attempts')).toBe(4);
  });

  test('a nonce that another program of the same key used up is given up for a new one, and paid once', async () => {
    await begin();
    const person = await world.person();
    await earn([[person, TOKEN]]);
    const { chain, proposer } = world.chain;
    const broadcast = chain.broadcast.bind(chain);
    let robbed = false;
    chain.broadcast = async (raw) => {
      if (robbed) return broadcast(raw);
      robbed = true;
      const [row] = await world.query<{ nonce: number }>('SELECT nonce FROM outbox');
      const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n };
      const common = { chainId: 31337, to: proposer.address, data: '0x', gasLimit: 21_000n, fees };
      await broadcast((await proposer.sign({ ...common, nonce: row!.nonce })).raw);
      return broadcast(raw);
    };
    await advance(20);
    expect(await balance(person)).toBe(TOKEN);
    const proposals = await world.query<{ state: string }>(
      `SELECT state FROM outbox WHERE purpose = 'propose' ORDER BY nonce`,
    );
    expect(proposals.map((row) => row.state)).toEqual(['replaced', 'final']);
  });

  /** The tree of the newest root, as anybody would build it from what is published. */
  const newestTree = async () => {
    const rows = await world.query<{ index: number; address: string; units: string }>(
      `SELECT index, address, units FROM payout_entries WHERE "rootId" =
       (SELECT id FROM payout_roots ORDER BY number DESC LIMIT 1)`,
    );
    return buildPayoutTree(
      rows.map(({ index, address, units }) => ({ index, account: address, units: BigInt(units) })),
    );
  };
  const asStranger = (call: { to: string; data: string }) =>
    sendAndWait({ chain: world.chain.chain, signer: world.chain.admin }, call);
  const contract = () => new PayoutCampaignContract(world.chain.chain, world.chain.payoutContract);
  const laterOnChain = async (seconds: number) => {
    for (const [method, params] of [
      ['evm_increaseTime', [seconds]],
      ['evm_mine', []],
    ])
      await fetch(world.chain.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
  };
  /** Does something just before the next push reaches the chain. */
  const beforePush = (act: () => Promise<unknown>) => {
    const { chain } = world.chain;
    const broadcast = chain.broadcast.bind(chain);
    chain.broadcast = async (raw) => {
      const [push] = await world.query(`SELECT 1 FROM outbox WHERE purpose = 'push'`);
      if (push) {
        chain.broadcast = broadcast;
        await act();
      }
      return broadcast(raw);
    };
  };

  test('a claim that comes before the push, or between plan and push, is booked and not paid again', async () => {
    await begin();
    const people = [await world.person(), await world.person(), await world.person()];
    await earn(people.map((person, i) => [person, BigInt(i + 1) * TOKEN]));
    await advance(3);
    expect((await contract().state()).root).not.toBe(ZERO_ROOT);
    await laterOnChain(86_401);
    const tree = await newestTree();
    const vector = tree.chunk(0).amounts;
    await asStranger(contract().calls.claim(tree.claimProof(0), null));
    beforePush(() => {
      const paid = emptyVector();
      setUnits(paid, 0, unitsAt(vector, 0));
      return asStranger(contract().calls.claim(tree.claimProof(1), paid));
    });
    await advance(8);
    for (const [i, person] of people.entries()) expect(await balance(person)).toBe(BigInt(i + 1) * TOKEN);
    const rows = await world.query<{ state: string; tx: string }>(
      'SELECT state, tx FROM payouts ORDER BY index',
    );
    expect(rows.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(new Set(rows.map(({ tx }) => tx)).size).toBe(3);
    const pushes = await world.query<{ state: string }>(
      `SELECT state FROM outbox WHERE purpose = 'push' ORDER BY nonce`,
    );
    expect(pushes.map(({ state }) => state)).toEqual(['reverted', 'final']);
    await earn(people.map((person) => [person, TOKEN]));
    await advance(8);
    for (const [i, person] of people.entries()) expect(await balance(person)).toBe(BigInt(i + 2) * TOKEN);
  });

  test('a push that somebody else sends first is booked as if it were ours', async () => {
    await begin();
    const person = await world.person();
    await earn([[person, TOKEN]]);
    beforePush(async () => {
      const [push] = await world.query<{ to: string; data: string }>(
        `SELECT "to", data FROM outbox WHERE purpose = 'push'`,
      );
      await asStranger(push!);
    });
    await advance(10);
    expect(await balance(person)).toBe(TOKEN);
    expect(await world.count(`payouts WHERE state = 'confirmed'`)).toBe(1);
    expect(await world.count(`payout_roots WHERE state = 'paid'`)).toBe(1);
    await earn([[person, TOKEN]]);
    await advance(8);
    expect(await balance(person)).toBe(2n * TOKEN);
  });

  test('what a vetoed root held is paid under the next one', async () => {
    await begin({ PAYOUT_APPROVAL: 'admin' });
    const person = await world.person();
    await earn([[person, TOKEN]]);
    await advance(2);
    await asStranger(contract().calls.veto((await newestTree()).root));
    await advance(3);
    expect(await world.count(`payout_roots WHERE state = 'vetoed'`)).toBe(1);
    expect(await balance(person)).toBe(0n);
    await earn([[person, 2n * TOKEN]]);
    await advance(2);
    const { items } = await world.admin.must<{ items: { id: string; awaitsApproval: boolean }[] }>(
      'GET',
      '/admin/payouts',
    );
    await world.admin.must('POST', `/admin/payouts/${items.find((item) => item.awaitsApproval)!.id}/approve`);
    await advance();
    expect(await balance(person)).toBe(3n * TOKEN);
  });

  test('a fee rises by 15 % a minute with the nonce kept, and stops at five times what is usual', async () => {
    await begin();
    const person = await world.person();
    await earn([[person, TOKEN]]);
    const { chain } = world.chain;
    const broadcast = chain.broadcast.bind(chain);
    chain.broadcast = async () => {
      throw new ChainError('chain_unreachable', 'lost');
    };
    for (let minute = 0; minute < 20; minute++) {
      await advance(1);
      world.clock.advance(61_000);
    }
    const fees = (
      await world.query<{ fee: string }>(
        'SELECT "maxFeePerGas" AS fee FROM outbox_attempts ORDER BY "signedAt"',
      )
    ).map(({ fee }) => BigInt(fee));
    expect(await world.count('outbox')).toBe(1);
    expect(fees.length).toBeGreaterThan(8);
    for (const [i, fee] of fees.slice(1).entries())
      expect(fee * 100n).toBeGreaterThanOrEqual(fees[i]! * 110n);
    expect(fees.at(-1)! <= 5n * fees[0]!).toBe(true);
    chain.broadcast = broadcast;
    await advance(8);
    expect(await balance(person)).toBe(TOKEN);
  });

  test('a restart after every step, with steps repeated, pays each exactly once', async () => {
    await begin();
    const people = [await world.person(), await world.person(), await world.person()];
    for (let epoch = 0; epoch < 3; epoch++) {
      await earn(people.map((person, i) => [person, BigInt(i + 1) * TOKEN]));
      for (let step = 0; step < 5; step++) {
        await Promise.all([world.chore('payouts').catch(() => {}), world.chore('payouts').catch(() => {})]);
        await world.stopCenter();
        await world.startCenter();
      }
      await advance(3);
    }
    for (const [i, person] of people.entries())
      expect(await balance(person)).toBe(BigInt(3 * (i + 1)) * TOKEN);
    expect(await world.count(`payouts WHERE state = 'confirmed'`)).toBe(9);
  });

  test('whatever is earned and whenever it is paid, the chain holds what the ledger says', async () => {
    await begin();
    const people = [await world.person(), await world.person(), await world.person()];
    const earned = new Map(people.map((person) => [person, 0n]));
    const story = fc.array(
      fc.record({
        amounts: fc.tuple(fc.bigInt(0n, 9n * TOKEN), fc.bigInt(0n, 3n * UNIT_SIZE), fc.bigInt(0n, TOKEN)),
        steps: fc.nat(4),
        restart: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(story, async (chapters) => {
        for (const { amounts, steps, restart } of chapters) {
          await earn(people.map((person, i) => [person, amounts[i]!]));
          people.forEach((person, i) => void earned.set(person, earned.get(person)! + amounts[i]!));
          await advance(steps);
          if (restart) {
            await world.stopCenter();
            await world.startCenter();
          }
        }
        await advance(14);
        for (const person of people) {
          const [sums] = (
            await person.must<{ campaigns: [Record<'released' | 'paid' | 'published', string>] }>(
              'GET',
              '/earnings/summary',
            )
          ).campaigns;
          expect(await balance(person)).toBe(BigInt(sums.paid));
          expect(await balance(person)).toBe(whole(earned.get(person)!));
          expect(sums.published).toBe('0');
        }
      }),
      { numRuns: 6 },
    );
  }, 180_000);
});
