import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bee } from '#libs/bee';
import { CroftError } from '#libs/protocol';
import { verifyCommand } from '../apps/client/src/commands/verify.js';
import { speakFor } from '../apps/client/src/messages/speak.js';
import { FakeBee, FakeReserve } from './fake-bee/index.js';
import { World } from './support/world.js';

const neighbourhood = new Uint8Array(32).fill(0x5a);
const HOUR = 3_600_000;

async function* once(bytes: Uint8Array) {
  yield bytes;
}

describe('a center with a Bee node', () => {
  let bee: FakeBee;
  let api: Bee;
  let batch: string;
  let world: World;
  let campaignId: string;

  const verify = async (where: string) => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const io = { out: say, err: say, speak: speakFor({}), env: {} };
    return { sound: await verifyCommand(where, { proofs: 'all', bee: bee.url }, io), said };
  };
  const bundles = async () =>
    (
      await world.admin.must<{ items: { epochIndex: number; swarmReference: string | null }[] }>(
        'GET',
        `/bundles/${campaignId}`,
      )
    ).items;

  beforeAll(async () => {
    const reserve = new FakeReserve({ neighbourhood, depth: 1, chunks: 40, stampedAtNs: 0n });
    bee = await FakeBee.start({ reserve, privateKey: new Uint8Array(32).fill(9), neighbourhood });
    api = new Bee(bee.url);
    [batch] = bee.node.issuers.keys() as unknown as [string];
    world = await World.begin({ settings: { BEE_URL: bee.url, SWARM_BATCH: batch } });
    campaignId = await world.campaign({ plotTarget: 0 });
  });
  afterAll(async () => {
    await world.end();
    await bee.stop();
  });

  test('a data set is read from Swarm through it; what is away is waited for, what is not there fails', async () => {
    const content = new Uint8Array(300_000).map((_, i) => (i * i) >> 11);
    const reference = await api.upload(once(content), batch);
    const create = (named: string) =>
      world.admin.must<{ id: string }>('POST', '/admin/data-sets', {
        campaignId,
        name: 'from Swarm',
        source: 'reference',
        reference: named,
        wanted: 0,
      });
    const { id } = await create(reference);
    const stateOf = async (of: string) =>
      (await world.query('SELECT state, failure, bytes::int FROM data_sets WHERE id = $1', [of]))[0];
    for (const fault of [{ syncing: true }, { breaksOffAt: '/bytes' }]) {
      Object.assign(bee.node.faults, fault);
      await world.chore('data-sets');
      expect(await stateOf(id)).toMatchObject({ state: 'loading' });
      Object.assign(bee.node.faults, { syncing: false, breaksOffAt: null });
    }
    expect(await world.count('data_set_parts')).toBe(0);
    await world.chore('data-sets');
    expect(await stateOf(id)).toMatchObject({ state: 'ready', bytes: content.length });
    const missing = await create('ab'.repeat(32));
    await world.chore('data-sets');
    expect(await stateOf(missing.id)).toMatchObject({ state: 'failed', failure: 'bee_refused' });
  });

  test('bundles are put on Swarm once, under a batch that was looked at, and verified from there', async () => {
    // the first fixes the epoch's secret
    await world.chore('close-epochs');
    world.clock.advance(HOUR + 30_000);
    await world.chore('close-epochs');
    expect(await bundles()).toMatchObject([{ epochIndex: 0, swarmReference: null }]);
    bee.node.faults.syncing = true;
    await world.chore('bundle-uploads');
    expect(await world.count('bundle_uploads')).toBe(0);
    bee.node.faults.syncing = false;
    await world.chore('bundle-uploads');
    const [first] = await bundles();
    expect(first!.swarmReference).toMatch(/^[0-9a-f]{64}$/);
    const calls = bee.calls.length;
    await world.chore('bundle-uploads');
    expect(bee.calls.length).toBe(calls);
    const { sound, said } = await verify(`bzz://${first!.swarmReference}`);
    expect(sound, said.join()).toBe(true);
  });

  test('a reference that is none, of something else, or of a Bee that lies is no bundle', async () => {
    await expect(verify('bzz://xyz')).rejects.toMatchObject({ code: 'bundle_unreadable' });
    const other = await api.upload(once(new TextEncoder().encode('{}')), batch);
    await expect(verify(`bzz://${other}`)).rejects.toMatchObject({ code: 'bundle_unreadable' });
    await expect(verify(`bzz://${'ab'.repeat(32)}`)).rejects.toMatchObject({ code: 'bee_refused' });
    const [first] = await bundles();
    const address = Uint8Array.from(Buffer.from(first!.swarmReference!, 'hex'));
    const real = bee.node.store.get(address)!;
    bee.node.store.put(address, { ...real, payload: real.payload.map((byte) => byte ^ 1) });
    await expect(verify(`bzz://${first!.swarmReference}`)).rejects.toMatchObject({
      code: 'bundle_unreadable',
    });
    bee.node.store.put(address, real);
  });

  test('its API is asked with typed refusals', async () => {
    const codeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => null,
        (error: CroftError) => error.code,
      );
    expect((await api.addresses()).overlay).toBe(bee.node.claimedOverlay);
    expect((await api.game()).isFrozen).toBe(false);
    expect((await api.status()).storageRadius).toBe(1);
    expect(await codeOf(api.stamp('ab'.repeat(32)))).toBe('bee_refused');
    expect(await codeOf(new Bee('http://127.0.0.1:9').status())).toBe('bee_unreachable');
    bee.node.faults.syncing = true;
    expect(await codeOf(api.status())).toBe('bee_unreachable');
    bee.node.faults.syncing = false;
    bee.node.faults.breaksOffAt = '/status';
    expect(await codeOf(api.status())).toBe('bee_unreachable');
    bee.node.faults.breaksOffAt = null;
    bee.node.faults.claimedOverlay = 'not hex';
    expect(await codeOf(api.addresses())).toBe('bee_answer_invalid');
    bee.node.faults.claimedOverlay = null;
    const anchor = '5a'.repeat(32);
    const signal = AbortSignal.timeout(20_000);
    expect(JSON.parse(await api.rcHash(1, anchor, anchor, signal)).hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
