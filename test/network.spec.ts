import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BundleSource, type NetworkCheck, verifyBundle } from '#libs/bundle';
import {
  CroftError,
  type ErrorCode,
  limits,
  type NetworkPayload,
  type NetworkPing,
  PAYLOAD_BYTES,
  payloadDigest,
  returnedPayload,
  sign,
} from '#libs/protocol';
import { nativeSha256, nativeSignatures } from '../apps/client/src/bundles/native-checks.js';
import { httpSource } from '../apps/client/src/bundles/sources.js';
import type { Client } from './support/client.js';
import { RawNode } from './support/raw-node.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;
const EVERY_MS = 60_000;

interface Row {
  sent: number;
  lost: number;
  roundTripUs: number | null;
}

/** A node that answers network checks as the test wants. */
async function connect(raw: RawNode): Promise<Socket> {
  const socket = await raw.open();
  const { nonce } = await new Promise<{ nonce: string }>((resolve) => socket.once('hello', resolve));
  const signature = sign('croft/connect/1', { nodeId: raw.id, nonce }, raw.keys.secretKey);
  await raw.call('node:authenticate', { nodeId: raw.id, signature });
  return socket;
}

describe('the network check', () => {
  let world: World;
  let client: Client;
  let clientId: string;
  let campaignId: string;
  const seconds = String(EVERY_MS / 1000);

  beforeAll(async () => {
    world = await World.begin({
      settings: { NETWORK_PING_SECONDS: seconds, NETWORK_PAYLOAD_SECONDS: seconds },
    });
    campaignId = await world.campaign();
    client = await world.contributor({ store: '100MB', plot: true });
    await world.until(
      'its plot is accepted',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 1,
    );
    [{ id: clientId }] = (await world.query<{ id: string }>('SELECT id FROM nodes')) as [{ id: string }];
  });
  afterAll(() => world.end());

  /** Draws everybody's time, waits until it has come, and checks. */
  const checkAll = async () => {
    await world.chore('network-checks');
    world.clock.advance(2 * EVERY_MS);
    await world.chore('network-checks');
  };
  const pings = (nodeId: string) =>
    world.query<Row>('SELECT sent, lost, "roundTripUs" FROM network_pings WHERE "nodeId" = $1', [nodeId]);
  const refused = async (code: ErrorCode, attempt: () => Promise<unknown>) => {
    const before = await world.contents();
    const error = await attempt().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CroftError);
    expect((error as CroftError).code).toBe(code);
    expect(await world.contents()).toBe(before);
  };

  test('a client echoes, hashes and gives back; the center times it', async () => {
    await checkAll();
    const [row] = await pings(clientId);
    expect(row).toMatchObject({ sent: 8, lost: 0 });
    expect(row!.roundTripUs).toBeGreaterThan(0);
    const [carried] = await world.query(
      'SELECT bytes, "downBytesPerSecond" AS down, "upBytesPerSecond" AS up FROM network_payloads',
    );
    expect(carried).toMatchObject({ bytes: PAYLOAD_BYTES });
    expect(carried!.down).toBeGreaterThan(0);
    expect(carried!.up).toBeGreaterThan(0);
  });

  test('answers that are wrong, twice, late, another’s or oversized are refused and change nothing', async () => {
    const person = await world.person();
    const [quick, late] = [await RawNode.pair(person), await RawNode.pair(person)];
    const [quickSocket, lateSocket] = [await connect(quick), await connect(late)];
    const seen: NetworkPing[] = [];
    const errors: Promise<void>[] = [];
    lateSocket.on('network:ping', (ping: NetworkPing) => void seen.push(ping));
    const wrong = '00'.repeat(32);
    const echo = (raw: RawNode, ping: NetworkPing) => raw.call('network:echo', ping);
    const check = async ({ probeId, nonce }: NetworkPing) => {
      await refused('probe_answer_wrong', () => echo(quick, { probeId, nonce: wrong }));
      await refused('probe_unknown', () => echo(late, { probeId, nonce }));
      await refused('bad_request', () => echo(quick, { probeId, nonce: 'x' }));
      await refused('message_too_large', () =>
        echo(quick, { probeId, nonce: '0'.repeat(limits.messageBytes) }),
      );
      expect(await echo(quick, { probeId, nonce })).toBe(null);
      await refused('probe_repeated', () => echo(quick, { probeId, nonce }));
    };
    quickSocket.once('network:ping', (first: NetworkPing) => {
      errors.push(check(first));
      quickSocket.on('network:ping', (ping: NetworkPing) => void echo(quick, ping));
    });
    quickSocket.once('network:payload', async ({ probeId, nonce, bytes }: NetworkPayload) => {
      errors.push(
        refused('probe_answer_wrong', () => quick.call('network:digest', { probeId, sha256: wrong })),
      );
      await errors.at(-1);
      quickSocket.once('network:return', (again: NetworkPing, reply: (answer: unknown) => void) => {
        reply({ ok: true, value: Buffer.concat([returnedPayload(bytes, again.nonce), Buffer.alloc(1)]) });
      });
      await quick.call('network:digest', { probeId, sha256: payloadDigest(bytes, nonce) });
    });
    lateSocket.once('network:payload', async ({ probeId, nonce, bytes }: NetworkPayload) => {
      lateSocket.once('network:return', (_: NetworkPing, reply: (answer: unknown) => void) => {
        reply({ ok: true, value: returnedPayload(bytes, nonce) });
      });
      await late.call('network:digest', { probeId, sha256: payloadDigest(bytes, nonce) });
    });
    await checkAll();
    await Promise.all(errors);
    expect(errors).toHaveLength(2);
    expect((await pings(quick.id))[0]).toMatchObject({ sent: 8, lost: 0 });
    expect(await pings(late.id)).toEqual([{ sent: 8, lost: 8, roundTripUs: null }]);
    // what came back was a byte too long, or began with the nonce of before
    const speeds = await world.query(
      'SELECT "downBytesPerSecond" > 0 AS down, "upBytesPerSecond" AS up FROM network_payloads WHERE "nodeId" <> $1',
      [clientId],
    );
    expect(speeds).toEqual([
      { down: true, up: 0 },
      { down: true, up: 0 },
    ]);
    await refused('probe_late', () => echo(late, seen[0]!));
    await refused('probe_unknown', () => echo(late, { ...seen[0]!, probeId: campaignId }));
    lateSocket.disconnect();
    quickSocket.disconnect();
  });

  test('a center that ends waits for nobody, and counts nothing against them', async () => {
    const mute = await RawNode.pair(await world.person());
    const socket = await connect(mute);
    const asked = new Promise((resolve) => socket.once('network:payload', resolve));
    // its database goes with the center
    const checked = checkAll().catch(() => {});
    await asked;
    const started = Date.now();
    await world.stopCenter();
    await checked;
    expect(Date.now() - started).toBeLessThan(5_000);
    await world.startCenter();
    expect(await pings(mute.id)).toEqual([]);
    socket.disconnect();
  });

  test('what was measured is never changed', async () => {
    await expect(world.query('UPDATE network_pings SET lost = 0')).rejects.toThrow('append-only');
    await expect(world.query('DELETE FROM network_payloads')).rejects.toThrow('append-only');
  });

  describe('in a bundle', () => {
    let source: BundleSource;
    let verified: Awaited<ReturnType<typeof verifyBundle>>;
    const verify = (bundle: BundleSource) =>
      verifyBundle(bundle, { proofs: 0, signatures: nativeSignatures, newHash: nativeSha256 });

    beforeAll(async () => {
      world.clock.advance(HOUR);
      await world.until('the first epoch is closed', async () => (await world.count('bundles')) >= 1);
      const [{ index }] = (await world.query<{ index: number }>(
        'SELECT COALESCE(MAX("epochIndex"), 0) + 1 AS index FROM bundles',
      )) as [{ index: number }];
      // half the pings of a long day are lost
      await world.query(
        `INSERT INTO network_pings ("nodeId", at, sent, lost, "roundTripUs") VALUES ($1, $2, 400, 200, 40000)`,
        [clientId, world.clock.now()],
      );
      await world.chore('rounds');
      await world.until(
        'the round is answered',
        async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
      );
      world.clock.advance(HOUR + 30_000);
      await world.until('the epoch is closed', async () => (await world.count('bundles')) > index);
      source = httpSource(`${world.url}/api/bundles/${campaignId}/${index}`);
      verified = await verify(source);
    });

    test('storage is weighed by it, and the line says by what', async () => {
      const line = verified.lines.find(({ kind }) => kind === 'storage')!;
      const network = line.reason.network as NetworkCheck;
      expect(network).toMatchObject({
        roundTripUs: 40_000,
        downBytesPerSecond: null,
        upBytesPerSecond: null,
      });
      expect(network.lost / network.pings).toBeGreaterThan(0.2);
      expect(network.answerMs).toBeGreaterThanOrEqual(0);
      // loss has 3 of the 8 shares that are known
      expect(line.reason.networkWeightPpm).toBe(925_000);
      const { items } = await client.person.must<{ items: { kind: string; reason: unknown }[] }>(
        'GET',
        `/earnings/lines?campaignId=${campaignId}`,
      );
      expect(items.find(({ kind }) => kind === 'storage')!.reason).toMatchObject({
        networkWeightPpm: 925_000,
        network,
      });
    });
  });
});
