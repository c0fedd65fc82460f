import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CroftError, PAYLOAD_BYTES, payloadDigest, returnedPayload } from '#libs/protocol';
import { TestNode, until } from '../testing/test-node.js';

let node: TestNode;
beforeEach(async () => {
  node = await new TestNode().begin();
  node.center.on('network:echo', () => null).on('network:digest', () => null);
  await node.run();
  await until(() => node.daemon?.snapshot().link === 'connected', 'a connection');
});
afterEach(() => node.end());

const nonce = () => randomBytes(32).toString('hex');

test('echoes a nonce, hashes a payload, and gives it back once', async () => {
  const ping = { probeId: randomUUID(), nonce: nonce() };
  node.center.send('network:ping', ping);
  await until(() => node.center.messages('network:echo').length === 1, 'an echo');
  expect(node.center.messages('network:echo')).toEqual([ping]);

  const payload = { probeId: randomUUID(), nonce: nonce(), bytes: randomBytes(PAYLOAD_BYTES) };
  node.center.send('network:payload', payload);
  await until(() => node.center.messages('network:digest').length === 1, 'a digest');
  const sha256 = payloadDigest(payload.bytes, payload.nonce);
  expect(node.center.messages('network:digest')).toEqual([{ probeId: payload.probeId, sha256 }]);

  const again = { probeId: payload.probeId, nonce: nonce() };
  const { value } = (await node.center.ask('network:return', again)) as unknown as { value: Uint8Array };
  expect(Buffer.compare(value, returnedPayload(payload.bytes, again.nonce))).toBe(0);
  expect(await node.center.ask('network:return', again)).toMatchObject({ error: { code: 'probe_unknown' } });
});

test('what is malformed or too large is refused; an answer that is refused is only told', async () => {
  node.center.on('network:echo', () => {
    throw new CroftError('probe_late');
  });
  const probeId = randomUUID();
  node.center.send('network:ping', { probeId, nonce: 'x' });
  node.center.send('network:payload', { probeId, nonce: nonce(), bytes: randomBytes(PAYLOAD_BYTES + 1) });
  node.center.send('network:payload', { probeId, nonce: nonce(), bytes: 'no bytes' });
  await until(() => node.events('message_refused').length === 3, 'refusals');
  node.center.send('network:ping', { probeId, nonce: nonce() });
  await until(() => node.events('probe_missed').length === 1, 'the refused echo');
  expect(node.events('probe_missed')[0]).toMatchObject({ code: 'probe_late' });
  expect(node.daemon?.snapshot().link).toBe('connected');
});
