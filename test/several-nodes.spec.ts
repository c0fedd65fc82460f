import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JsonRpcChain, SeveralNodes } from '#libs/settlement';
import { startTestChain, type TestChain, TOKEN } from './support/chain.js';
import { RpcProxy } from './support/rpc-proxy.js';

describe('one chain behind several nodes', () => {
  let chain: TestChain;
  let proxies: RpcProxy[];
  let nodes: SeveralNodes;

  beforeAll(async () => {
    chain = await startTestChain(1000n * TOKEN);
    proxies = await Promise.all([1, 2, 3].map(() => RpcProxy.begin(chain.url)));
  });
  afterAll(async () => {
    for (const proxy of proxies) await proxy.stop();
    await chain.stop();
  });
  beforeEach(() => {
    for (const proxy of proxies) proxy.honest();
    nodes = new SeveralNodes(
      proxies.map(({ url }) => new JsonRpcChain({ url, chainId: 31337, timeoutMs: 2_000 })),
    );
  });
  const tokens = (tag: 'latest' | number = 'latest') =>
    nodes.tokenBalance(chain.token, chain.payoutContract, tag);

  test('any that is down is passed over, first or last; with all down nothing is known', async () => {
    for (const down of [[0], [1], [2], [0, 1], [1, 2], [0, 2]]) {
      for (const [i, proxy] of proxies.entries()) if (down.includes(i)) proxy.down();
      const final = await nodes.blockNumber('finalized');
      expect(await tokens(final)).toBeGreaterThanOrEqual(0n);
      expect(await tokens()).toBe(1000n * TOKEN);
      expect(nodes.dispute).toBeNull();
      for (const proxy of proxies) proxy.honest();
    }
    for (const proxy of proxies) proxy.down();
    await expect(tokens()).rejects.toMatchObject({ code: 'chain_unreachable' });
    await expect(nodes.blockNumber('finalized')).rejects.toMatchObject({ code: 'chain_unreachable' });
  });

  test('who answered last is asked first, so that one that hangs costs its time once', async () => {
    proxies[0]!.down();
    await tokens();
    const before = proxies[0]!.calls;
    for (let i = 0; i < 5; i++) await tokens();
    expect(proxies[0]!.calls).toBe(before);
  });

  test.each([0, 1])(
    'node %i lying about a balance is found out; nothing is sent until both agree',
    async (liar) => {
      const final = await nodes.blockNumber('latest');
      proxies[liar]!.behaviour = async ({ method }, ask) =>
        method === 'eth_call' ? { result: `0x${'11'.repeat(32)}` } : ask();
      await expect(tokens(final)).rejects.toMatchObject({ code: 'answers_differ' });
      await expect(nodes.broadcast('0x00')).rejects.toMatchObject({ code: 'answers_differ' });
      // that they agree on something else does not settle it
      await nodes.confirm(final);
      expect(nodes.dispute).not.toBeNull();
      proxies[liar]!.honest();
      expect(await tokens(final)).toBe(1000n * TOKEN);
      expect(nodes.dispute).toBeNull();
      await expect(nodes.broadcast('0x00')).rejects.not.toMatchObject({ code: 'answers_differ' });
    },
  );

  test('two branches are told apart at the block that is said to be final', async () => {
    const hash = `0x${'ab'.repeat(32)}`;
    proxies[1]!.behaviour = async ({ method }, ask) => {
      const answer = await ask();
      if (method !== 'eth_getBlockByNumber') return answer;
      return { result: { ...(answer.result as object), hash } };
    };
    await expect(nodes.blockNumber('finalized')).rejects.toMatchObject({ code: 'answers_differ' });
    expect(nodes.dispute).not.toBeNull();
    proxies[1]!.honest();
    await nodes.blockNumber('finalized');
    expect(nodes.dispute).toBeNull();
  });

  test('one that is some blocks behind is waited for, and is no contradiction', async () => {
    const head = await new JsonRpcChain({ url: chain.url, chainId: 31337 }).blockNumber('latest');
    proxies[1]!.behaviour = async ({ method, params }, ask) => {
      const answer = await ask();
      if (method !== 'eth_getBlockByNumber' || params[0] !== 'latest') return answer;
      return { result: { ...(answer.result as object), number: `0x${(head - 2).toString(16)}` } };
    };
    expect(await nodes.blockNumber('latest')).toBe(head - 2);
    proxies[1]!.behaviour = async ({ method }, ask) =>
      method === 'eth_call' ? { error: { code: -32000, message: 'header not found' } } : ask();
    expect(await tokens(head)).toBe(1000n * TOKEN);
    expect(nodes.dispute).toBeNull();
  });

  test('a refusal by the chain itself is an answer: no other node is asked', async () => {
    const before = proxies[1]!.calls;
    const call = { to: chain.payoutContract, data: '0xdeadbeef' };
    await expect(nodes.estimateGas(call)).rejects.toMatchObject({ code: 'would_revert' });
    expect(proxies[1]!.calls).toBe(before);
  });
});
