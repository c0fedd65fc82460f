import { afterEach, beforeEach, expect, test } from 'vitest';
import { CroftError, newKeyPair } from '#libs/protocol';
import { TestNode, until } from '../testing/test-node.js';

let node: TestNode;
beforeEach(async () => {
  node = await new TestNode().begin();
});
afterEach(() => node.end());

const connected = () => until(() => node.daemon?.snapshot().link === 'connected', 'a connection');

test('proves its key, reports, names its plots, then asks for work', async () => {
  await node.run();
  await connected();
  await until(() => node.center.messages('task:next').length > 0, 'task:next');
  expect(node.center.calls.map(({ event }) => event).slice(0, 3)).toEqual([
    'node:report',
    'inventory:sync',
    'task:next',
  ]);
  expect(node.center.messages('node:report')[0]).toMatchObject({ storeBytes: 1e12, clientVersion: '0.1.0' });
});

test('comes back after the center dropped it, and after the center was away', async () => {
  await node.run();
  await connected();
  node.center.drop();
  await until(() => node.center.connections === 2, 'a second connection');
  await connected();
  await node.center.stop();
  await until(() => node.daemon?.snapshot().link === 'connecting', 'a lost connection');
  await node.center.start();
  await connected();
  expect(node.center.connections).toBeGreaterThanOrEqual(3);
});

test('gives nothing to a center with another key', async () => {
  const { paired } = node.node;
  node.node.paired = { ...paired, centerPublicKey: newKeyPair().publicKey };
  await node.run();
  await until(() => node.daemon?.snapshot().link === 'refused', 'a refusal');
  expect(node.daemon?.snapshot().problem).toBe('key_differs');
  expect(node.center.calls).toEqual([]);
});

test('a node key the center does not know is told to people, not retried in haste', async () => {
  node.node = { ...node.node, secretKey: newKeyPair().secretKey };
  await node.run();
  await until(() => node.events('center_refused').length === 1, 'a refusal');
  expect(node.events('center_refused')[0]).toMatchObject({ code: 'bad_signature' });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(node.center.connections).toBe(1);
});

test('an opening that fails for a passing reason is tried again', async () => {
  let refusals = 2;
  node.center.on('inventory:sync', () => {
    if (refusals-- > 0) throw new CroftError('internal');
    return { keep: [], released: [] };
  });
  await node.run();
  await connected();
  expect(node.center.connections).toBe(3);
});

test('malformed messages are refused and change nothing', async () => {
  await node.run();
  await connected();
  const bad = [
    undefined,
    null,
    7,
    'x',
    {},
    { roundId: 'x' },
    { plotId: '../../etc' },
    node.center.round({ beacon: 'zz' }),
  ];
  for (const message of bad) {
    for (const event of ['round', 'plot:kept', 'plot:released', 'plot:rejected', 'hello'] as const) {
      node.center.send(event, message);
    }
  }
  await until(() => node.events('message_refused').length >= bad.length * 5, 'refusals');
  expect(await node.center.ask('transfer:read', { plotId: 'x', index: -1 })).toMatchObject({
    ok: false,
    error: { code: 'bad_request' },
  });
  expect(node.daemon?.snapshot().link).toBe('connected');
});
