import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { buildPayoutTree, PayoutCampaignContract, sendAndWait } from '#libs/settlement';
import { TOKEN, UNIT_SIZE } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { mustRpc } from './support/rpc-proxy.js';
import { World } from './support/world.js';

interface PayoutItem {
  state: string;
  amount: string;
  held: { reason: string; until: string } | null;
}
interface Wish {
  minimum: string;
  maxFeeBps: number | null;
  due: string;
  mostMinimum: string;
  fee: { gas: string; measured: boolean; wei: string; weiPerGas: string; shareBps: number | null } | null;
}

describe('what contributors ask of their payouts', () => {
  let world: World;
  let campaignId: string;
  let epochs = 0;
  const folder = mkdtempSync(join(tmpdir(), 'croft-prices-'));
  const pricesFile = join(folder, 'prices.json');
  afterEach(() => world.end());
  afterAll(() => rmSync(folder, { recursive: true }));

  const begin = async (settings: Record<string, string> = {}) => {
    world = await World.begin({ settings });
    campaignId = await world.campaign({ plotTarget: 0 });
    await world.chore('funding');
    epochs = 0;
  };
  const earn = (amounts: [Person, bigint][]) => {
    world.clock.advance(1_000);
    return earnEpoch(world, campaignId, epochs++, amounts);
  };
  const balance = (person: Person) =>
    world.chain.chain.tokenBalance(world.chain.token, person.wallet.address);
  const advance = async (times = 6) => {
    for (let i = 0; i < times; i++) await world.chore('payouts');
  };
  const wish = (person: Person, minimum: bigint, maxFeeBps: number | null = null) =>
    person.must<Wish>('PUT', `/payouts/wishes/${campaignId}`, { minimum: minimum.toString(), maxFeeBps });
  const wishes = async (person: Person) =>
    (await person.must<{ items: Wish[] }>('GET', '/payouts/wishes')).items[0]!;
  const payouts = async (person: Person) =>
    (await person.must<{ items: PayoutItem[] }>('GET', '/payouts')).items;
  const paid = async (person: Person) =>
    (await person.must<{ campaigns: [Record<'paid' | 'published', string>] }>('GET', '/earnings/summary'))
      .campaigns[0];

  test('who is below the minimum waits, and is paid all of it once it has come together', async () => {
    await begin();
    const [patient, other] = [await world.person(), await world.person()];
    await wish(patient, 5n * TOKEN);
    const both: [Person, bigint][] = [
      [patient, 2n * TOKEN],
      [other, TOKEN],
    ];
    await earn(both);
    await advance();
    expect([await balance(patient), await balance(other)]).toEqual([0n, TOKEN]);
    expect(await payouts(patient)).toMatchObject([
      { state: 'held', held: { reason: 'below_minimum', until: (5n * TOKEN).toString() } },
    ]);
    expect(await world.count(`payout_roots WHERE state = 'paid'`)).toBe(1);
    await earn(both);
    await advance();
    expect(await balance(patient)).toBe(0n);
    expect((await payouts(patient)).map(({ state }) => state)).toEqual(['held', 'carried']);
    await earn(both);
    await advance();
    expect([await balance(patient), await balance(other)]).toEqual([6n * TOKEN, 3n * TOKEN]);
    expect((await payouts(patient)).map(({ state }) => state)).toEqual(['confirmed', 'carried', 'carried']);
    expect(await paid(patient)).toMatchObject({ paid: (6n * TOKEN).toString(), published: '0' });
  });

  test('a wish taken back is paid under the same root, also with nothing earned since, and once', async () => {
    await begin();
    const [patient, other] = [await world.person(), await world.person()];
    await wish(patient, 5n * TOKEN);
    await earn([
      [patient, TOKEN],
      [other, TOKEN],
    ]);
    await advance();
    expect(await balance(patient)).toBe(0n);
    await wish(patient, 0n);
    world.clock.advance(61_000);
    await advance();
    await advance();
    expect([await balance(patient), await balance(other)]).toEqual([TOKEN, TOKEN]);
    expect(await world.count('payout_roots')).toBe(1);
    expect(await world.count(`outbox WHERE purpose = 'push' AND state = 'final' AND booked`)).toBe(2);
    expect(await payouts(patient)).toMatchObject([{ state: 'confirmed', held: null }]);
  });

  test('what is held can be claimed, and is not paid again', async () => {
    await begin();
    const patient = await world.person();
    await wish(patient, 5n * TOKEN);
    await earn([[patient, 2n * TOKEN]]);
    await advance();
    await mustRpc(world.chain.url, 'evm_increaseTime', [86_401]);
    await world.chain.mine();
    const tree = buildPayoutTree([
      { index: 0, account: patient.wallet.address, units: (2n * TOKEN) / UNIT_SIZE },
    ]);
    const contract = new PayoutCampaignContract(world.chain.chain, world.chain.payoutContract);
    expect((await contract.state()).root).toBe(tree.root);
    const stranger = { chain: world.chain.chain, signer: world.chain.admin };
    await sendAndWait(stranger, contract.calls.claim(tree.claimProof(0), null));
    await advance();
    expect(await balance(patient)).toBe(2n * TOKEN);
    expect(await payouts(patient)).toMatchObject([{ state: 'confirmed' }]);
    await earn([[patient, 5n * TOKEN]]);
    await advance();
    expect(await balance(patient)).toBe(7n * TOKEN);
  });

  test('the fee is shown beforehand, and holds a payout while it is too large a part of it', async () => {
    const prices = (coin: string) =>
      writeFileSync(
        pricesFile,
        JSON.stringify({
          currency: 'EUR',
          prices: { '31337': coin, [`31337:${world.chain.token}`]: '1' },
        }),
      );
    await begin({ PRICES_FILE: pricesFile });
    prices('3000');
    await world.chore('prices');
    const person = await world.person();
    await earn([[person, TOKEN]]);
    const { fee, due } = await wishes(person);
    expect(due).toBe(TOKEN.toString());
    expect(BigInt(fee!.wei)).toBe(BigInt(fee!.gas) * BigInt(fee!.weiPerGas));
    expect(fee!.measured).toBe(false);
    // 3000 euro a coin, one euro a token: the fee's part of one token is 3000 × the fee in coins
    const share = (BigInt(fee!.wei) * 3000n * 10_000n + TOKEN - 1n) / TOKEN;
    expect(BigInt(fee!.shareBps!)).toBe(share);
    expect(share).toBeGreaterThan(1n);
    await wish(person, 0n, 1);
    await advance();
    expect(await balance(person)).toBe(0n);
    const [held] = await payouts(person);
    expect(held).toMatchObject({ state: 'held', held: { reason: 'over_fee_share' } });
    expect(BigInt(held!.held!.until)).toBeGreaterThan(TOKEN);
    prices('0.01');
    world.clock.advance(16 * 60_000);
    await world.chore('prices');
    await advance();
    expect(await balance(person)).toBe(TOKEN);
    expect((await wishes(person)).fee).toMatchObject({ measured: true });
  });

  test('without prices no share is known, and none holds anything back', async () => {
    await begin();
    const person = await world.person();
    await wish(person, 0n, 1);
    await earn([[person, TOKEN]]);
    expect((await wishes(person)).fee!.shareBps).toBeNull();
    await advance();
    expect(await balance(person)).toBe(TOKEN);
  });

  test('wishes out of bounds change nothing', async () => {
    await begin();
    const person = await world.person();
    const { mostMinimum } = await wish(person, TOKEN, 500);
    const put = (body: unknown, id = campaignId) => person.call('PUT', `/payouts/wishes/${id}`, body);
    const before = await world.contents();
    for (const body of [
      {},
      { minimum: '-1', maxFeeBps: null },
      { minimum: '1.5', maxFeeBps: null },
      { minimum: (BigInt(mostMinimum) + 1n).toString(), maxFeeBps: null },
      { minimum: '0' },
      { minimum: '0', maxFeeBps: 0 },
      { minimum: '0', maxFeeBps: 10_001 },
      { minimum: '0', maxFeeBps: 1.5 },
    ])
      expect((await put(body)).body, JSON.stringify(body)).toMatchObject({ code: 'bad_request' });
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect((await put({ minimum: '0', maxFeeBps: null }, nowhere)).body).toMatchObject({ code: 'not_found' });
    expect(await world.contents()).toBe(before);
  });
});
