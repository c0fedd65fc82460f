import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;

interface Me {
  payoutAddress: { address: string };
  pendingPayoutAddress: { address: string; effectiveAt: string } | null;
}

describe('a change of payout address', () => {
  let world: World;
  let campaignId: string;
  let epochs = 0;

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign({ plotTarget: 0 });
    await world.chore('funding');
  });
  afterAll(() => world.end());

  const fresh = () => Wallet.createRandom().address;
  const change = (person: Person, address: string) =>
    person.must<Me>('PUT', '/me/payout-address', { address });
  const me = (person: Person) => person.must<Me>('GET', '/me');
  const balance = (address: string) => world.chain.chain.tokenBalance(world.chain.token, address);
  const payOne = async (person: Person) => {
    await earnEpoch(world, campaignId, epochs++, [[person, TOKEN]]);
    for (let i = 0; i < 6; i++) await world.chore('payouts');
  };

  test('waits 72 hours, is seen meanwhile, and is used for nothing before', async () => {
    const person = await world.person();
    const next = fresh();
    const { pendingPayoutAddress } = await change(person, next);
    expect(Date.parse(pendingPayoutAddress!.effectiveAt)).toBe(world.clock.now().getTime() + 72 * HOUR);
    await payOne(person);
    world.clock.advance(72 * HOUR - 1);
    expect(await me(person)).toMatchObject({
      payoutAddress: { address: person.wallet.address },
      pendingPayoutAddress: { address: next },
    });
    await payOne(person);
    expect([await balance(person.wallet.address), await balance(next)]).toEqual([2n * TOKEN, 0n]);
    world.clock.advance(1);
    expect(await me(person)).toMatchObject({ payoutAddress: { address: next }, pendingPayoutAddress: null });
    await payOne(person);
    expect([await balance(person.wallet.address), await balance(next)]).toEqual([2n * TOKEN, TOKEN]);
  });

  test('between an epoch’s bundle and its root: what was published is paid, and the next epoch goes to the new address', async () => {
    const person = await world.person();
    const [before, next] = [person.wallet.address, fresh()];
    await change(person, next);
    world.clock.advance(72 * HOUR - 1);
    await earnEpoch(world, campaignId, epochs++, [[person, TOKEN]]);
    world.clock.advance(1);
    expect(await me(person)).toMatchObject({ payoutAddress: { address: next }, pendingPayoutAddress: null });
    const roots = await world.count('payout_roots');
    for (let i = 0; i < 6; i++) await world.chore('payouts');
    expect(await world.count('payout_roots')).toBe(roots + 1);
    expect([await balance(before), await balance(next)]).toEqual([TOKEN, 0n]);
    await payOne(person);
    expect([await balance(before), await balance(next)]).toEqual([TOKEN, TOKEN]);
    const { items } = await person.must<{ items: { address: string; state: string }[] }>('GET', '/payouts');
    const states = new Map(items.map(({ address, state }) => [address.toLowerCase(), state]));
    expect(states).toEqual(new Map([before, next].map((address) => [address.toLowerCase(), 'confirmed'])));
  });

  test('that is called off, or replaced, never takes effect, not even for a moment', async () => {
    const person = await world.person();
    const [thief, third] = [fresh(), fresh()];
    world.clock.advance(HOUR);
    await change(person, thief);
    world.clock.advance(HOUR);
    expect(await person.must<Me>('DELETE', '/me/payout-address/pending')).toMatchObject({
      payoutAddress: { address: person.wallet.address },
      pendingPayoutAddress: null,
    });
    expect((await person.call('DELETE', '/me/payout-address/pending')).body).toMatchObject({
      code: 'conflict',
    });
    world.clock.advance(HOUR);
    await change(person, thief);
    world.clock.advance(HOUR);
    await change(person, third);
    const inForce = new Set<string>();
    for (let hour = 0; hour < 74; hour++) {
      inForce.add((await me(person)).payoutAddress.address);
      world.clock.advance(HOUR);
    }
    expect([...inForce]).toEqual([person.wallet.address, third]);
    const { items } = await person.must<{ items: { address: string; cancelledAt: string | null }[] }>(
      'GET',
      '/me/payout-addresses',
    );
    expect(items.map(({ address, cancelledAt }) => [address, cancelledAt !== null])).toEqual([
      [third, false],
      [thief, true],
      [thief, true],
      [person.wallet.address, false],
    ]);
  });

  test('back to the address in force calls the other off at once', async () => {
    const person = await world.person();
    await change(person, fresh());
    const { pendingPayoutAddress } = await change(person, person.wallet.address);
    expect(pendingPayoutAddress).toBeNull();
    world.clock.advance(100 * HOUR);
    expect((await me(person)).payoutAddress.address).toBe(person.wallet.address);
  });

  test('of many at once one waits', async () => {
    const person = await world.person();
    await Promise.all(Array.from({ length: 8 }, () => change(person, fresh())));
    const { items } = await person.must<{ items: { cancelledAt: string | null }[] }>(
      'GET',
      '/me/payout-addresses',
    );
    expect(items).toHaveLength(9);
    expect(items.filter(({ cancelledAt }) => cancelledAt === null)).toHaveLength(2);
  });
});
