import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BundleFault,
  type FileName,
  Frames,
  type Line,
  type RecordOf,
  readFile,
  readManifest,
  type Verified,
  verifyBundle,
} from '#libs/bundle';
import { nativeSha256, nativeSignatures, proofCheck } from '../apps/client/src/bundles/native-checks.js';
import { httpSource } from '../apps/client/src/bundles/sources.js';
import { disputeCommand } from '../apps/client/src/commands/dispute.js';
import { verifyCommand } from '../apps/client/src/commands/verify.js';
import { speakFor } from '../apps/client/src/messages/speak.js';
import { BundleCopy } from './support/bundle-copy.js';
import type { Client } from './support/client.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;
const native = { proof: proofCheck, signatures: nativeSignatures, newHash: nativeSha256 };

describe('a bundle', () => {
  let world: World;
  let client: Client;
  let base: string;
  let copy: BundleCopy;
  let folder: string;
  const io = (said: string[]) => ({
    out: (text: string) => void said.push(text),
    err: (text: string) => void said.push(text),
    speak: speakFor({}),
    env: {},
  });

  beforeAll(async () => {
    world = await World.begin();
    const campaignId = await world.campaign();
    client = await world.contributor({ store: '100MB', plot: true });
    await world.until(
      'its plot is accepted',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 1,
    );
    for (let epoch = 1; epoch <= 4; epoch++) {
      for (let i = 0; i < 3; i++) {
        world.clock.advance(HOUR / 4);
        await world.chore('rounds');
        await world.until(
          'the round is answered',
          async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
        );
      }
      world.clock.advance(HOUR / 4 + 30_000);
      await world.until('the epoch is closed', async () => (await world.count('bundles')) >= epoch);
    }
    base = `${world.url}/api/bundles/${campaignId}`;
    copy = await BundleCopy.of(httpSource(`${base}/1`));
    folder = mkdtempSync(join(tmpdir(), 'croft-bundle-'));
    for (const [name, bytes] of copy.files) writeFileSync(join(folder, name), bytes);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.end();
  });

  test('every epoch’s is published and recomputes to the same lines and root, with every proof', async () => {
    const { items } = await client.person.must<{ items: { epochIndex: number; manifestHash: string }[] }>(
      'GET',
      base.slice(base.indexOf('/bundles')),
    );
    expect(items.length).toBeGreaterThanOrEqual(4);
    const kinds = new Set<string>();
    for (const { epochIndex, manifestHash } of items) {
      const source = httpSource(`${base}/${epochIndex}`);
      const previous = epochIndex === 0 ? undefined : httpSource(`${base}/${epochIndex - 1}`);
      const verified: Verified = await verifyBundle(source, { proofs: 'all', previous, ...native });
      expect(verified.manifestHash).toBe(manifestHash);
      for (const { kind } of verified.lines) kinds.add(kind);
      const [booked] = await world.query<{ sum: string; hash: string }>(
        `SELECT accrued AS sum, "dataHash" AS hash FROM epoch_closings WHERE "epochIndex" = $1`,
        [epochIndex],
      );
      expect(booked).toEqual({ sum: verified.accrued.toString(), hash: manifestHash });
    }
    expect([...kinds].sort()).toEqual(['plotting', 'plotting-held', 'plotting-release', 'storage']);
  });

  test('every posting of the book leads to its line, and every line to its evidence', async () => {
    const lines = new Map<string, Line>();
    for (const { epochIndex } of await world.query<{ epochIndex: number }>(
      'SELECT "epochIndex" FROM bundles',
    )) {
      const source = httpSource(`${base}/${epochIndex}`);
      const { manifest } = readManifest(await source.manifest());
      const frames = await Frames.load();
      const all = async <Name extends FileName>(name: Name) => {
        const records: RecordOf<Name>[] = [];
        for await (const record of readFile(source, manifest, name, frames)) records.push(record);
        return records;
      };
      const answers = await all('answers');
      const plots = new Set((await all('plots')).map(({ plot }) => plot));
      const decided = new Set((await all('adjustments')).map(({ kind, plot }) => `${kind} ${plot}`));
      for (const line of await all('lines')) {
        const { evidence, kind, node, account } = line;
        lines.set([epochIndex, account, kind, node, line.plot, line.amount].join(), line);
        const [first, end] = evidence.answers ?? [0, 0];
        expect(answers.slice(first, end).every((answer) => answer.node === node)).toBe(true);
        if (kind === 'storage') expect(end).toBeGreaterThan(first);
        if (kind === 'plotting' || kind === 'plotting-held') expect(plots).toContain(evidence.plot);
        if (kind === 'plotting-release') expect(decided).toContain(`release ${evidence.adjustment}`);
      }
    }
    const booked = await world.query<
      Record<'epochIndex' | 'accountId' | 'kind' | 'nodeId' | 'plotId' | 'amount', string>
    >('SELECT "epochIndex", "accountId", kind, "nodeId", "plotId", amount FROM reward_lines');
    const keys = booked.map((row) =>
      [row.epochIndex, row.accountId, row.kind, row.nodeId, row.plotId, row.amount].join(),
    );
    expect(keys.sort()).toEqual([...lines.keys()].sort());
    // what each entry of the book moved, for whom, is what the lines of its epoch say, to the unit
    const differences = await world.query(`
      WITH moved AS (
        SELECT replace(t.key, 'accrue:', '')::uuid AS epoch, p.owner, p.account, SUM(p.amount) AS amount
        FROM ledger_postings p JOIN ledger_transactions t ON t.id = p."transactionId"
        WHERE t.kind = 'accrue' AND p.owner IS NOT NULL GROUP BY 1, 2, 3
      ), said AS (
        SELECT "epochId" AS epoch, "accountId" AS owner, account, SUM(amount) AS amount FROM (
          SELECT *, 'contributor:released' AS account FROM reward_lines
            WHERE kind IN ('plotting', 'storage', 'referral', 'plotting-release')
          UNION ALL SELECT *, 'contributor:held' FROM reward_lines WHERE kind = 'plotting-held'
        ) gains GROUP BY 1, 2, 3
        UNION ALL SELECT "epochId", "accountId", 'contributor:held', -SUM(amount) FROM reward_lines
          WHERE kind IN ('plotting-release', 'plotting-forfeit') GROUP BY 1, 2
      ), summed AS (SELECT epoch, owner, account, SUM(amount) AS amount FROM said GROUP BY 1, 2, 3)
      SELECT * FROM moved FULL JOIN summed USING (epoch, owner, account)
      WHERE moved.amount IS DISTINCT FROM summed.amount AND COALESCE(moved.amount, summed.amount) <> 0`);
    expect(differences).toEqual([]);
    // and no entry is of another kind than those that have a reason of their own
    const unfounded = await world.query(`
      SELECT t.kind, t.key FROM ledger_transactions t WHERE NOT (
        t.kind = 'fund'
        OR t.kind IN ('commit', 'accrue') AND EXISTS (
          SELECT 1 FROM epoch_closings c WHERE t.key = t.kind || ':' || c."epochId")
        OR t.kind = 'publish' AND EXISTS (SELECT 1 FROM payout_roots r WHERE t.key = 'publish:' || r.id)
        OR t.kind = 'pay')`);
    expect(unfounded).toEqual([]);
  });

  test('its root is the one that is proposed to the contract', async () => {
    await world.until('a root was made', async () => (await world.count('payout_roots')) > 0);
    const roots = await world.query<{ root: string; dataHash: string }>(
      'SELECT root, "dataHash" FROM payout_roots',
    );
    for (const { root, dataHash } of roots) {
      const [bundle] = await world.query<{ manifest: string }>(
        'SELECT manifest FROM bundles WHERE "manifestHash" = $1',
        [dataHash.slice(2)],
      );
      expect(JSON.parse(bundle!.manifest).manifest.tree.root).toBe(root);
    }
  });

  test('any byte that is changed is found, and its file is named', async () => {
    const names = [...copy.files.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (name, at, change) => {
          const bytes = Uint8Array.from(copy.files.get(name)!);
          if (bytes.length === 0) return;
          bytes[at % bytes.length]! ^= change;
          const found = await verifyBundle(copy.with(name, bytes), { proofs: 0, ...native }).catch((e) => e);
          expect(found).toBeInstanceOf(BundleFault);
          expect(found.file).toBe(name);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('`croft verify` says that it is sound, shows one’s own lines, and names the first difference', async () => {
    const said: string[] = [];
    const options = { proofs: 'all', account: client.person.wallet.address };
    expect(await verifyCommand(folder, options, io(said))).toBe(true);
    expect(said[0]).toMatch(/^Sound: epoch 1 of Test campaign\. \d+ lines/);
    expect(said.some((text) => text.startsWith('storage: '))).toBe(true);
    expect(await verifyCommand(`${base}/1`, { proofs: '0', json: true }, io(said))).toBe(true);
    expect(JSON.parse(said.at(-1)!)).toMatchObject({ ok: true, epoch: 1 });
    writeFileSync(join(folder, 'lines.ndjson.zst'), copy.files.get('lines.ndjson.zst')!.subarray(1));
    expect(await verifyCommand(folder, { proofs: '0' }, io(said))).toBe(false);
    expect(said.at(-1)).toMatch(/^Not sound\. lines\.ndjson\.zst/);
    const chinese = { ...io(said), speak: speakFor({ LANG: 'zh_CN.UTF-8' }) };
    expect(await verifyCommand(folder, { proofs: '0' }, chinese)).toBe(false);
    expect(said.at(-1)).toMatch(/^核对不符。lines\.ndjson\.zst：在第 1 段之前就结束了/);
    expect(await verifyCommand(folder, { proofs: '0', key: '00'.repeat(32) }, io(said))).toBe(false);
  });

  test('`croft verify` tells a terminal how far it is, on one line of which nothing is left; programs are told nothing', async () => {
    const shown: string[] = [];
    const line = { show: (text: string) => void shown.push(text), clear: () => void shown.push('') };
    const where = `${base}/1`;
    expect(await verifyCommand(where, { proofs: '0' }, { ...io([]), line })).toBe(true);
    expect(shown.find((text) => text.startsWith('Draws … '))).toMatch(/ \d+ % read$/);
    expect(shown.slice(-2)).toEqual(['Payout tree … 100 % read', '']);
    shown.length = 0;
    expect(await verifyCommand(where, { proofs: '0', key: '00'.repeat(32) }, { ...io([]), line })).toBe(
      false,
    );
    expect(shown.at(-1)).toBe('');
    shown.length = 0;
    expect(await verifyCommand(where, { proofs: '0', json: true }, { ...io([]), line })).toBe(true);
    expect(shown.join('')).toBe('');
  });

  test('a dispute file proves an answer to anybody, with the bundle and against it', async () => {
    const out = join(folder, 'dispute.json');
    const data = join(client.root, 'data');
    const said: string[] = [];
    const [{ index }] = (await world.query<{ index: number }>(
      `SELECT r.index FROM rounds r JOIN epochs e ON e.id = r."epochId" WHERE e.index = 1 AND r.kind = 'broadcast'
       ORDER BY r.index DESC LIMIT 1`,
    )) as [{ index: number }];
    await disputeCommand({ round: String(index), out, data }, io(said));
    expect(await verifyCommand(out, { proofs: '0', against: `${base}/1` }, io(said))).toBe(true);
    expect(said.join('\n')).toMatch(/the center signed "proved" for the answer/);
    expect(said.join('\n')).toMatch(/The proof of space holds/);
    expect(said.join('\n')).toMatch(/The bundle says the same/);
    const text = readFileSync(out, 'utf8');
    for (const [from, to] of [
      ['proved', 'silent'],
      [/receivedAt\\":(\d)/.exec(text)![0], 'receivedAt\\":9'],
    ] as const) {
      writeFileSync(out, text.replace(from, to));
      expect(await verifyCommand(out, { proofs: '0' }, io(said))).toBe(false);
      expect(said.at(-1)).toMatch(/^This file proves nothing/);
    }
  });

  test('refuses what is not there, and cannot be changed in the database', async () => {
    for (const path of ['/99/manifest.json', '/1/secrets.json', '/99/lines.ndjson.zst']) {
      expect((await fetch(`${base}${path}`)).status, path).toBe(404);
    }
    await expect(world.query(`UPDATE bundles SET manifest = ''`)).rejects.toThrow('append-only');
    await expect(world.query('DELETE FROM bundle_parts')).rejects.toThrow('append-only');
  });
});
