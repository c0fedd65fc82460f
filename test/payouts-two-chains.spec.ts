import { afterEach, describe, expect, test } from 'vitest';
import { startTestChain, type TestChain, TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import { World } from './support/world.js';

describe('several chains', () => {
  let world: World;
  let other: TestChain;
  afterEach(async () => {
    await world.end();
    await other.stop();
  });

  test('campaigns on two chains, with a token each, are paid at once; one that is down does not stop the other', async () => {
    other = await startTestChain(1_000_000n * TOKEN, 4242);
    world = await World.begin({
      ports: () => ({
        moreChains: [
          {
            id: 4242,
            name: 'second',
            explorerUrl: 'https://second.example/',
            finality: 2,
            port: other.chain,
          },
        ],
      }),
    });
    const first = await world.campaign({ plotTarget: 0 });
    const tokenAddress = other.token;
    const payoutContract = await other.anotherContract();
    const second = await world.campaign({ plotTarget: 0, chainId: 4242, tokenAddress, payoutContract });
    const unknown = world.campaign({ plotTarget: 0, chainId: 5, tokenAddress, payoutContract });
    await expect(unknown).rejects.toThrow(/does not pay on chain 5/);
    await world.chore('funding');
    const person = await world.person();
    const balances = () =>
      Promise.all(
        [world.chain, other].map(({ chain, token }) => chain.tokenBalance(token, person.wallet.address)),
      );
    const passes = async () => {
      for (let i = 0; i < 12; i++) {
        await world.chore('payouts').catch(() => {});
        // on the second chain a block is final when another follows it
        await other.mine();
      }
    };
    await earnEpoch(world, first, 0, [[person, TOKEN]]);
    await earnEpoch(world, second, 0, [[person, 2n * TOKEN]]);
    await passes();
    expect(await balances()).toEqual([TOKEN, 2n * TOKEN]);
    const nonces = await world.query<{ chainId: number; nonces: number[] }>(
      `SELECT "chainId", array_agg(nonce ORDER BY nonce) AS nonces FROM outbox
       WHERE sender = $1 GROUP BY "chainId" ORDER BY "chainId"`,
      [world.chain.proposer.address],
    );
    expect(nonces).toEqual([
      { chainId: 4242, nonces: [0, 1, 2] },
      { chainId: 31337, nonces: [0, 1, 2] },
    ]);
    const { items } = await person.must<{ items: { token: { chainId: number }; txUrl: string | null }[] }>(
      'GET',
      '/payouts',
    );
    expect(items.find(({ token }) => token.chainId === 4242)?.txUrl).toMatch(
      /^https:\/\/second\.example\/tx\/0x/,
    );

    await earnEpoch(world, first, 1, [[person, TOKEN]]);
    await earnEpoch(world, second, 1, [[person, TOKEN]]);
    const answer = other.chain.getBlock.bind(other.chain);
    other.chain.getBlock = () => other.chain.call({ to: null, data: '0xfe' }).then(() => null);
    await passes();
    expect(await balances()).toEqual([2n * TOKEN, 2n * TOKEN]);
    other.chain.getBlock = answer;
    await passes();
    expect(await balances()).toEqual([2n * TOKEN, 3n * TOKEN]);
  });
});
