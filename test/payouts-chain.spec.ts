import { afterEach, describe, expect, test } from 'vitest';
import { JsonRpcChain, sendAndWait } from '#libs/settlement';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import { deployForwarder } from './support/forwarder.js';
import type { Person } from './support/person.js';
import { mustRpc, type RpcAnswer, RpcProxy } from './support/rpc-proxy.js';
import { World } from './support/world.js';

/** A minute and more: what waits that long is sent again with higher fees, and gaps are closed. */
const PATIENCE_MS = 61_000;

describe('payouts on a chain that misbehaves', () => {
  let world: World;
  let proxy: RpcProxy;
  let campaignId: string;
  let people: Person[];
  let epochs = 0;
  const earned = new Map<Person, bigint>();

  afterEach(async () => {
    await world.end();
    await proxy.stop();
  });

  /** A center whose node is a proxy before anvil; three people. */
  const begin = async (settings: Record<string, string> = {}) => {
    proxy = await RpcProxy.begin();
    world = await World.begin({
      settings,
      ports: ({ url }) => {
        proxy.target = url;
        return { chain: new JsonRpcChain({ url: proxy.url, chainId: 31337, timeoutMs: 5000 }) };
      },
    });
    // so that what is deployed is final, however many confirmations that takes
    await mine(8);
    campaignId = await world.campaign({ plotTarget: 0 });
    await world.chore('funding');
    people = [await world.person(), await world.person(), await world.person()];
    earned.clear();
    epochs = 0;
  };
  const earn = async () => {
    const amounts = people.map((person, i) => [person, BigInt(i + 1) * TOKEN] as const);
    for (const [person, amount] of amounts) earned.set(person, (earned.get(person) ?? 0n) + amount);
    await earnEpoch(world, campaignId, epochs++, amounts);
  };
  const anvil = <T = unknown>(method: string, ...params: unknown[]) =>
    mustRpc<T>(world.chain.url, method, params);
  const mine = (blocks: number) => anvil('anvil_mine', `0x${blocks.toString(16)}`);
  const pass = () => world.chore('payouts').catch(() => {});
  const advance = async (times: number, blocks = 0) => {
    for (let i = 0; i < times; i++) {
      await pass();
      if (blocks > 0) await mine(blocks);
    }
  };
  const states = async (purpose: string) =>
    (
      await world.query<{ state: string }>('SELECT state FROM outbox WHERE purpose = $1 ORDER BY nonce', [
        purpose,
      ])
    ).map(({ state }) => state);
  const sent = (purpose: string) => world.count('outbox WHERE purpose = $1', [purpose]);
  const openAlerts = async () =>
    (await world.query<{ code: string }>('SELECT code FROM alerts WHERE "clearedAt" IS NULL')).map(
      ({ code }) => code,
    );
  /** Each was paid exactly what it earned, by the chain and by the ledger, and the books agree. */
  const expectPaidOnce = async () => {
    for (const person of people) {
      const { token, chain } = world.chain;
      expect(await chain.tokenBalance(token, person.wallet.address)).toBe(earned.get(person));
      const { campaigns } = await person.must<{ campaigns: [{ paid: string }] }>('GET', '/earnings/summary');
      expect(campaigns[0].paid).toBe(String(earned.get(person)));
    }
    expect(await world.count(`payout_roots WHERE state <> 'paid'`)).toBe(0);
    expect(await openAlerts()).toEqual([]);
  };
  /** One pass after another until a transaction of this purpose is in the outbox. */
  const until = async (purpose: string, blocks = 0) => {
    for (let i = 0; (await sent(purpose)) === 0; i++) {
      if (i > 40) throw new Error(`no ${purpose} was sent`);
      await advance(1, blocks);
    }
  };

  test.each(['activate', 'push'])('a reorganisation takes back the block of the %s', async (purpose) => {
    await begin({ CHAIN_FINALITY: '4' });
    await earn();
    await until(purpose, 1);
    await pass();
    expect(await states(purpose)).toEqual(['waiting']);
    // the blocks of the last few transactions become empty ones
    await anvil('anvil_reorg', 3, []);
    await advance(3, 1);
    await advance(14, 2);
    await expectPaidOnce();
    await earn();
    await advance(25, 1);
    await expectPaidOnce();
  });

  test('a reorganisation deeper than what was taken for final, before it is booked, is paid after all', async () => {
    await begin();
    await earn();
    await until('push');
    await world.query(`UPDATE outbox SET state = 'final' WHERE purpose = 'push'`);
    await anvil('anvil_reorg', 1, []);
    await advance(8, 1);
    await expectPaidOnce();
  });

  test('transactions that the node drops are sent again, with the same nonces', async () => {
    await begin();
    await earn();
    await anvil('evm_setAutomine', false);
    for (let i = 0; i < 12; i++) {
      await pass();
      const waiting = await world.query<{ hash: string }>(
        `SELECT hash FROM outbox_attempts a JOIN outbox o ON o.id = a."transactionId" WHERE o.state = 'waiting'`,
      );
      // each is lost once before it is mined
      for (const { hash } of waiting) await anvil('anvil_dropTransaction', hash).catch(() => {});
      await pass();
      await mine(1);
    }
    await anvil('evm_setAutomine', true);
    await advance(3);
    await expectPaidOnce();
    expect(await world.count('outbox')).toBe(4);
  });

  test('a nonce too high, told by a lying node, leaves a gap that is filled', async () => {
    await begin();
    await earn();
    proxy.behaviour = async ({ method, params }, ask) => {
      const answer = await ask();
      const lie = method === 'eth_getTransactionCount' && params[1] === 'latest';
      return lie ? { result: `0x${(Number(answer.result) + 3).toString(16)}` } : answer;
    };
    await pass();
    proxy.honest();
    await advance(4);
    expect(await world.count(`payout_roots WHERE state = 'built'`)).toBe(1);
    world.clock.advance(PATIENCE_MS);
    await advance(12);
    await expectPaidOnce();
    expect(await states('fill')).toEqual(['final', 'final', 'final']);
  });

  test('a nonce told too high at the end makes it look replaced; nobody is paid twice', async () => {
    await begin();
    await earn();
    await anvil('evm_setAutomine', false);
    await pass();
    proxy.behaviour = async ({ method }, ask) => {
      const answer = await ask();
      return method === 'eth_getTransactionCount'
        ? { result: `0x${(Number(answer.result) + 1).toString(16)}` }
        : answer;
    };
    await pass();
    expect(await states('propose')).toContain('replaced');
    proxy.honest();
    await anvil('evm_setAutomine', true);
    await mine(1);
    for (let i = 0; i < 3; i++) {
      await advance(6);
      world.clock.advance(PATIENCE_MS);
    }
    await advance(6);
    await expectPaidOnce();
    await earn();
    await advance(10);
    await expectPaidOnce();
  });

  test('a nonce told too low is no reason to use one twice', async () => {
    await begin();
    await earn();
    proxy.behaviour = ({ method }, ask) =>
      method === 'eth_getTransactionCount' ? Promise.resolve({ result: '0x0' }) : ask();
    await advance(12);
    proxy.honest();
    world.clock.advance(PATIENCE_MS);
    await advance(8);
    await expectPaidOnce();
    expect(await world.count('outbox')).toBe(4);
  });

  test('a node that is down, and breaks off at any call, costs time only', async () => {
    await begin();
    await earn();
    for (let calls = 1; calls < 60; calls += 3) {
      let left = calls;
      proxy.behaviour = (_, ask) => (left-- > 0 ? ask() : Promise.resolve(null));
      await pass();
    }
    proxy.down();
    await advance(2);
    proxy.honest();
    await advance(8);
    await expectPaidOnce();
    expect(await world.count('outbox')).toBe(4);
  });

  const receiptOf = (answer: RpcAnswer) => answer.result as Record<string, unknown> | null;
  const receiptLies: [string, (answer: RpcAnswer) => RpcAnswer][] = [
    ['there is none', () => ({ result: null })],
    ['reverted', (answer) => ({ result: receiptOf(answer) && { ...receiptOf(answer), status: '0x0' } })],
    [
      'in a block that is not there',
      (answer) => ({
        result: receiptOf(answer) && { ...receiptOf(answer), blockHash: `0x${'ab'.repeat(32)}` },
      }),
    ],
    ['without events', (answer) => ({ result: receiptOf(answer) && { ...receiptOf(answer), logs: [] } })],
  ];
  test.each(receiptLies)(
    'a node that lies about receipts (%s) delays a payment and doubles none',
    async (_, lie) => {
      await begin();
      await earn();
      await until('push');
      proxy.behaviour = async ({ method }, ask) => {
        const answer = await ask();
        return method === 'eth_getTransactionReceipt' ? lie(answer) : answer;
      };
      await advance(5);
      expect(await world.count(`payout_roots WHERE state = 'paid'`)).toBe(0);
      proxy.honest();
      await advance(10);
      await expectPaidOnce();
      await earn();
      await advance(10);
      await expectPaidOnce();
    },
  );

  test('a push that never happened, told with receipt and events, is not booked; then it is paid', async () => {
    await begin();
    await earn();
    await until('push');
    await pass();
    await advance(6);
    await earn();
    // the second push is held back, and the first one's receipt is told for it, as if it had paid the same again
    const [first] = await world.query<{ hash: string }>(
      `SELECT hash FROM outbox_attempts a JOIN outbox o ON o.id = a."transactionId" WHERE o.purpose = 'push'`,
    );
    proxy.behaviour = async ({ method, params }, ask) => {
      const pushes = await world.query<{ hash: string }>(
        `SELECT hash FROM outbox_attempts a JOIN outbox o ON o.id = a."transactionId"
         WHERE o.purpose = 'push' AND hash <> $1`,
        [first!.hash],
      );
      if (pushes.length === 0) return ask();
      if (method === 'eth_sendRawTransaction') return { result: pushes[0]!.hash };
      if (method !== 'eth_getTransactionReceipt' || params[0] !== pushes[0]!.hash) return ask();
      const truth = await mustRpc<Record<string, unknown>>(world.chain.url, method, [first!.hash]);
      const logs = (truth.logs as object[]).map((log) => ({ ...log, transactionHash: params[0] }));
      return { result: { ...truth, transactionHash: params[0], logs } };
    };
    await advance(8);
    expect(await openAlerts()).toContain('chain_contradicts');
    expect(await world.count(`payout_roots WHERE state = 'paid'`)).toBe(1);
    proxy.honest();
    await advance(8);
    await expectPaidOnce();
  });

  test('a push through another contract, several in one transaction, is booked by its events', async () => {
    await begin();
    await earn();
    const { chain, admin, payoutContract } = world.chain;
    const stranger = { chain, signer: admin };
    const forwarder = await deployForwarder(stranger, payoutContract);
    proxy.behaviour = async ({ method }, ask) => {
      const [push] = await world.query<{ data: string }>(`SELECT data FROM outbox WHERE purpose = 'push'`);
      if (method !== 'eth_sendRawTransaction' || !push) return ask();
      proxy.honest();
      await sendAndWait(stranger, { to: forwarder, data: push.data });
      return ask();
    };
    await advance(12);
    await expectPaidOnce();
    const [{ tx }] = (await world.query<{ tx: string }>('SELECT DISTINCT tx FROM payouts')) as [
      { tx: string },
    ];
    expect((await chain.getTransaction(tx))?.to).toBe(forwarder);
    await earn();
    await advance(8);
    await expectPaidOnce();
  });

  test('a foreign push of a root that is not ours stops the books with an alert', async () => {
    await begin();
    await earn();
    await until('push');
    await world.query('UPDATE payout_roots SET number = number + 7');
    await world.query(`UPDATE outbox SET state = 'replaced' WHERE purpose = 'push'`);
    await advance(2);
    expect(await openAlerts()).toContain('payment_unreadable');
    await world.query('UPDATE payout_roots SET number = number - 7');
    await advance(4);
    await expectPaidOnce();
  });
});
