import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CroftError, contentRootOf, limits } from '#libs/protocol';
import { CHUNK_BYTES } from '#libs/swarm';
import { verifyCommand } from '../apps/client/src/commands/verify.js';
import { speakFor } from '../apps/client/src/messages/speak.js';
import { Sampling } from '../apps/client/src/swarm/sampling.js';
import { TOKEN } from './support/chain.js';
import type { Client } from './support/client.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;
const SIZE = 2 * limits.pieceBytes + 12_345;

interface Replicas {
  items: {
    state: string;
    root: string;
    nodeId: string | null;
    nodeName: string | null;
    accountName: string | null;
    lastProvedAt: string | null;
    provedMs: number;
    checks: { proved: number };
  }[];
}

describe('a data set in replicas', () => {
  let world: World;
  let keepers: Client[];
  let campaignId: string;
  let id: string;
  const content = Buffer.alloc(SIZE);
  for (let i = 0; i < SIZE; i++) content[i] = (i * i) >> 7;

  const send = (of: string, body: Uint8Array) =>
    world.admin.raw('PUT', `/admin/data-sets/${of}/content`, body);
  const replicas = async (of = id) =>
    (await world.admin.must<Replicas>('GET', `/admin/data-sets/${of}/replicas`)).items;
  const inState = async (state: string, of = id) =>
    (await replicas(of)).filter((each) => each.state === state);
  const untilProved = (count: number, of = id) =>
    world.until(`${count} replicas are proved`, async () => (await inState('accepted', of)).length === count);
  const filesOf = (client: Client) => readdirSync(client.path).filter((name) => name.endsWith('.replica'));
  const round = async () => {
    world.clock.advance(HOUR / 6);
    await world.chore('rounds');
    await world.until(
      'the round is answered',
      async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
    );
  };

  beforeAll(async () => {
    // of the 576 chunks of the upload one audit reads 512
    world = await World.begin({ settings: { SWARM_AUDIT_BYTES: String(512 * CHUNK_BYTES) } });
    campaignId = await world.campaign({
      plotTarget: 0,
      confirmAfterSeconds: 60,
      rates: {
        plottingPerPlot: { '18': TOKEN.toString() },
        immediateBps: 6000,
        storagePerPlotEquivalentHour: (28_782n * TOKEN).toString(),
      },
    });
    keepers = [await world.contributor({ store: '100MB' }), await world.contributor({ store: '100MB' })];
  });
  afterAll(() => world.end());

  test('is uploaded once, encoded anew for each keeper, and proved before it counts', async () => {
    const request = { campaignId, name: 'weather', source: 'upload', wanted: 2 };
    ({ id } = await world.admin.must<{ id: string }>('POST', '/admin/data-sets', request));
    expect((await send(id, content)).status).toBe(204);
    await untilProved(2);
    const files = keepers.map((keeper) => {
      const [file, ...more] = filesOf(keeper);
      expect(more).toEqual([]);
      return readFileSync(join(keeper.path, file!));
    });
    const [first, second] = files as [Buffer, Buffer];
    expect(first.length).toBe(second.length);
    // nothing of the one is of use to the other, or of the content
    const segments = new Set<string>();
    for (const bytes of [first, second, content]) {
      for (let at = 0; at + 32 <= SIZE; at += 32) segments.add(bytes.toString('latin1', at, at + 32));
    }
    expect(segments.size).toBeGreaterThan(2 * Math.floor(SIZE / 32));
    const listed = await world.admin.must<{ items: object[] }>('GET', '/admin/data-sets');
    const contentHash = createHash('sha256').update(content).digest('hex');
    expect(listed.items).toMatchObject([
      { state: 'ready', bytes: SIZE, contentHash, wanted: 2, proved: 2, lost: 0 },
    ]);
    // a plot is not paid for making
    expect(await world.count(`plots WHERE kind = 'swarm-replica' AND state = 'accepted'`)).toBe(2);
    expect(await world.count('replica_ends')).toBe(0);
  });

  test('is read back whole from any keeper, each piece verified', async () => {
    const read = async () => {
      const { body } = await world.admin.raw('GET', `/admin/data-sets/${id}/content`);
      return createHash('sha256').update(body).digest('hex');
    };
    const right = createHash('sha256').update(content).digest('hex');
    expect(await read()).toBe(right);
    await keepers[0]!.stop();
    expect(await read()).toBe(right);
    await keepers[0]!.start();
    const file = join(keepers[1]!.path, filesOf(keepers[1]!)[0]!);
    const whole = readFileSync(file);
    const altered = Buffer.from(whole);
    altered[limits.pieceBytes + 5]! ^= 1;
    writeFileSync(file, altered);
    await world.until('it is back', async () => keepers[0]!.daemon!.snapshot().link === 'connected');
    expect(await read()).toBe(right);
    writeFileSync(file, whole);
    const stranger = await world.person();
    expect((await stranger.call('GET', `/admin/data-sets/${id}/content`)).status).toBe(403);
  });

  test('earns like plots, by bytes and time, and everybody can recompute it', async () => {
    for (let i = 0; i < 5; i++) await round();
    world.clock.advance(HOUR / 6 + 30_000);
    await world.until('the epoch is closed', async () => (await world.count('epoch_closings')) >= 1);
    for (const replica of await replicas()) {
      expect(replica).toMatchObject({
        nodeName: expect.any(String),
        accountName: expect.stringMatching(/^person\d$/),
      });
      expect(replica.checks.proved).toBeGreaterThanOrEqual(4 + 5);
      expect(replica.provedMs).toBeGreaterThanOrEqual((5 * HOUR) / 6);
      expect(replica.provedMs).toBeLessThanOrEqual(2 * HOUR);
    }
    const { items } = await keepers[0]!.person.must<{ items: { kind: string; quantity: string }[] }>(
      'GET',
      `/earnings/lines?campaignId=${campaignId}`,
    );
    expect(items).toMatchObject([{ kind: 'storage', reason: { plots: 1, availabilityBps: 10_000 } }]);
    const lines = await world.query(`SELECT kind FROM reward_lines WHERE kind LIKE 'plotting%'`);
    expect(lines).toEqual([]);
    // tries are for walks: a replica says nothing of how much of its node's plots is kept
    expect(await world.count('fraction_pools')).toBe(0);
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const io = { out: say, err: say, speak: speakFor({}), env: {} };
    const url = `${world.url}/api/bundles/${campaignId}/0`;
    expect(await verifyCommand(url, { proofs: 'all' }, io), said.join()).toBe(true);
  });

  test('a part that is gone is found, lost, and made up for with another encoding', async () => {
    const [loser] = keepers as [Client, Client];
    const before = await inState('accepted');
    const [file] = filesOf(loser);
    const path = join(loser.path, file!);
    const half = readFileSync(path);
    half.fill(0, 0, half.length - 100_000);
    writeFileSync(path, half);
    await round();
    await world.until('it is doubted', async () => (await world.count(`doubts WHERE cause = 'empty'`)) === 1);
    world.clock.advance(61_000);
    await world.until('it is lost', async () => (await inState('lost')).length === 1);
    await untilProved(2);
    const after = await inState('accepted');
    const roots = new Set([...before, ...after].map(({ root }) => root));
    expect(roots.size).toBe(3);
    // who lost it is still told
    const [gone] = await inState('lost');
    expect(gone).toMatchObject({ nodeName: expect.any(String), accountName: expect.any(String) });
    const overview = await world.admin.must('GET', '/admin/overview');
    expect(overview).toMatchObject({ plots: { accepted: 0 }, replicas: { accepted: 2, lost: 1 } });
    expect(await world.count(`consequences WHERE cause = 'plot_lost'`)).toBe(1);
  });

  test('filler is the key stream: the center keeps 32 bytes a replica and the hashes of its pieces', async () => {
    const request = { campaignId, name: 'filler', source: 'filler', bytes: 100_000, wanted: 1 };
    const made = await world.admin.must<{ id: string }>('POST', '/admin/data-sets', request);
    await untilProved(1, made.id);
    expect(await world.count('data_set_parts WHERE "dataSetId" = $1', [made.id])).toBe(0);
    const [row] = await world.query<{ secret: Buffer; hashes: Buffer; contentRoot: string }>(
      'SELECT secret, "pieceHashes" AS hashes, "contentRoot" FROM replicas WHERE "dataSetId" = $1',
      [made.id],
    );
    expect(row!.secret).toHaveLength(32);
    expect(contentRootOf([row!.hashes.toString('hex')])).toBe(row!.contentRoot);
    expect((await world.admin.call('GET', `/admin/data-sets/${made.id}/content`)).body).toMatchObject({
      code: 'conflict',
    });
    // fewer wanted: what is kept stays; more wanted: one a contributor at most
    await world.admin.must('PUT', `/admin/data-sets/${made.id}/wanted`, { wanted: 3 });
    await untilProved(2, made.id);
    await world.allChores();
    expect((await replicas(made.id)).filter(({ state }) => state === 'open')).toHaveLength(1);
    await world.admin.must('PUT', `/admin/data-sets/${made.id}/wanted`, { wanted: 0 });
    await world.allChores();
    expect((await inState('withdrawn', made.id)).length).toBe(1);
    expect((await inState('accepted', made.id)).length).toBe(2);
  });

  interface Audit {
    verdict: string;
    first: string;
    chunks: number;
  }
  const CHUNKS = 576;
  const goesAround = ({ first, chunks }: Audit) => Number(first) + chunks > CHUNKS;
  /** Audits of the upload from now on, until some are as they should be. */
  const auditsUntil = async (what: string, holds: (audits: Audit[]) => boolean) => {
    const sql = `SELECT a.verdict, a.first, a.chunks FROM replica_audits a JOIN replicas r ON r.id = a."replicaId"
      WHERE r."dataSetId" = $1 ORDER BY a.at`;
    const before = (await world.query(sql, [id])).length;
    const made = async () => (await world.query<Audit>(sql, [id])).slice(before);
    await world.until(what, async () => {
      // their time has come, and nobody is away for it
      await world.query('UPDATE replicas SET "auditAt" = $1', [world.clock.now()]);
      await world.chore('replica-audits');
      return holds(await made());
    });
    return made();
  };

  test('a keyed audit reads a replica: commit first, then open; the center makes what is opened anew', async () => {
    const audits = await auditsUntil('a window around the end was read', (all) => all.some(goesAround));
    for (const audit of audits) expect(audit).toMatchObject({ verdict: 'held', chunks: 512 });
    // a small replica is read whole
    const others = await world.query<Audit>(
      'SELECT a.* FROM replica_audits a JOIN replicas r ON r.id = a."replicaId" WHERE r."dataSetId" <> $1',
      [id],
    );
    for (const audit of others) expect(audit).toMatchObject({ verdict: 'held', first: '0' });
    expect(await world.count('doubts WHERE "closedAt" IS NULL')).toBe(0);
  });

  test('clients from before windows around the end are asked for the longer part of one', async () => {
    const { sample } = Sampling.prototype;
    const old = vi.spyOn(Sampling.prototype, 'sample').mockImplementation(function (this: Sampling, asked) {
      if (asked.first + asked.chunks > CHUNKS) throw new CroftError('bad_request');
      return sample.call(this, asked);
    });
    const isPart = ({ chunks }: Audit) => chunks < 512;
    const audits = await auditsUntil('parts were read', (all) => all.filter(isPart).length > 2);
    old.mockRestore();
    for (const audit of audits) expect(audit.verdict).toBe('held');
    expect(audits.filter(isPart).some(goesAround)).toBe(false);
    expect(await world.count('doubts WHERE "closedAt" IS NULL')).toBe(0);
  });

  test('what does not fit is refused and changes nothing', async () => {
    const base = { campaignId, name: 'x', wanted: 1 };
    const before = await world.contents();
    const refused = async (body: object, code: string) =>
      expect((await world.admin.call('POST', '/admin/data-sets', body)).body).toMatchObject({ code });
    await refused({ ...base, source: 'filler' }, 'bad_request');
    await refused({ ...base, source: 'filler', bytes: Number.MAX_SAFE_INTEGER }, 'bad_request');
    await refused({ ...base, source: 'upload', bytes: 5 }, 'bad_request');
    await refused({ ...base, source: 'reference' }, 'bad_request');
    await refused({ ...base, source: 'reference', reference: 'ab'.repeat(32) }, 'bee_not_configured');
    await refused({ ...base, source: 'filler', bytes: 5, wanted: -1 }, 'bad_request');
    await refused({ ...base, source: 'filler', bytes: 5, campaignId: id }, 'not_found');
    expect((await send(id, content)).status).toBe(409);
    expect(await world.contents()).toBe(before);
    const campaign = await world.admin.call('POST', '/admin/campaigns', {
      name: 'replicas',
      tokenAddress: world.chain.token,
      payoutContract: world.chain.payoutContract,
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 1e9).toISOString(),
      epochSeconds: 3600,
      roundSeconds: 600,
      plotKind: 'swarm-replica',
      minK: 18,
      taskK: 18,
      plotTarget: 1,
      retentionSeconds: 7200,
      rates: { plottingPerPlot: {}, immediateBps: 6000, storagePerPlotEquivalentHour: '1' },
    });
    expect(campaign.body).toMatchObject({ code: 'plot_kind_unknown' });
  });
});
