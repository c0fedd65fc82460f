import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JsonRpcChain, SeveralNodes } from '#libs/settlement';
import { openMoreChains } from '../apps/center/src/platform/chains.js';
import { type CenterConfig, loadConfig } from '../apps/center/src/platform/config.js';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { RpcProxy } from './support/rpc-proxy.js';
import { farmerKey, World } from './support/world.js';

describe('payouts with two nodes of the chain', () => {
  let world: World;
  let campaignId: string;
  let person: Person;
  let proxies: RpcProxy[];

  beforeEach(async () => {
    proxies = [await RpcProxy.begin(), await RpcProxy.begin()];
    world = await World.begin({
      ports: ({ url }) => ({
        chain: new SeveralNodes(
          proxies.map((proxy) => {
            proxy.target = url;
            return new JsonRpcChain({ url: proxy.url, chainId: 31337 });
          }),
        ),
      }),
    });
    campaignId = await world.campaign({ plotTarget: 0 });
    await world.chore('funding');
    person = await world.person();
    await earnEpoch(world, campaignId, 0, [[person, TOKEN]]);
  });
  afterEach(async () => {
    await world.end();
    for (const proxy of proxies) await proxy.stop();
  });

  const advance = async (times: number) => {
    let failed = 0;
    for (let i = 0; i < times; i++) await world.chore('payouts').catch(() => failed++);
    return failed;
  };
  const balance = () => world.chain.chain.tokenBalance(world.chain.token, person.wallet.address);
  const alerts = async () =>
    (await world.query<{ code: string }>('SELECT code FROM alerts WHERE "clearedAt" IS NULL')).map(
      ({ code }) => code,
    );

  test.each([0, 1])('node %i goes away: payouts go on', async (i) => {
    proxies[i]!.down();
    expect(await advance(8)).toBe(0);
    expect(await balance()).toBe(TOKEN);
  });

  test('they contradict each other: an alert, and nothing is sent until they do no more', async () => {
    const hash = `0x${'ab'.repeat(32)}`;
    proxies[1]!.behaviour = async ({ method, params }, ask) => {
      const answer = await ask();
      const byNumber = method === 'eth_getBlockByNumber' && String(params[0]).startsWith('0x');
      return byNumber ? { result: { ...(answer.result as object), hash } } : answer;
    };
    const before = await world.chain.chain.blockNumber('latest');
    expect(await advance(5)).toBe(5);
    expect(await alerts()).toEqual(['chain_contradicts']);
    expect(await world.chain.chain.blockNumber('latest')).toBe(before);
    proxies[1]!.honest();
    await advance(10);
    expect(await balance()).toBe(TOKEN);
    expect(await alerts()).toEqual([]);
  });
});

test('nodes are named in CHAIN_RPC_URL with commas between, and in CHAINS_FILE as a list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'croft-chains-'));
  const CHAINS_FILE = join(folder, 'chains.json');
  const open = (rpcUrl: unknown) => {
    writeFileSync(CHAINS_FILE, JSON.stringify([{ id: 5, name: 'Five', rpcUrl }]));
    return openMoreChains({ CHAINS_FILE } as CenterConfig)[0]!.port;
  };
  expect(open('http://a.example')).toBeInstanceOf(JsonRpcChain);
  expect(open(['http://a.example', 'http://b.example'])).toBeInstanceOf(SeveralNodes);
  for (const bad of [[], ['nowhere'], Array(6).fill('http://a.example')])
    expect(() => open(bad)).toThrow('CHAINS_FILE');
  const config = (CHAIN_RPC_URL: string) =>
    loadConfig({
      FARMER_PUBLIC_KEY: farmerKey,
      CHIA_OBSERVER_KEY: farmerKey,
      CHAIN_ID: '1',
      PROPOSER_KEY_FILE: 'none',
      CHAIN_RPC_URL,
    }).CHAIN_RPC_URL;
  expect(config('http://a.example, http://b.example')).toEqual(['http://a.example', 'http://b.example']);
  expect(() => config('http://a.example,')).toThrow('CHAIN_RPC_URL');
  rmSync(folder, { recursive: true });
});
