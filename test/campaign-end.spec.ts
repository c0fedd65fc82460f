import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Verified, verifyBundle } from '#libs/bundle';
import { nativeSha256, nativeSignatures, proofCheck } from '../apps/client/src/bundles/native-checks.js';
import { httpSource } from '../apps/client/src/bundles/sources.js';
import { closeEpochs, keeper } from './support/closed-epochs.js';
import { confirmLoss, deletePlots, LOSS_TIMES, vainRound } from './support/lost-plot.js';
import { World } from './support/world.js';

const HOUR = 3_600_000;
const RETENTION_MS = 3 * HOUR;

let world: World;
let campaignId: string;

beforeEach(async () => {
  world = await World.begin();
  const endsAt = new Date(world.clock.now().getTime() + 4 * HOUR).toISOString();
  campaignId = await world.campaign({ endsAt, retentionSeconds: RETENTION_MS / 1000, ...LOSS_TIMES });
});
afterEach(() => world.end());

/** Time goes by, and nothing else. */
const pass = async (hours: number) => {
  for (let i = 0; i < 4 * hours; i++) {
    world.clock.advance(HOUR / 4);
    for (const chore of ['rounds', 'close-rounds', 'close-epochs']) await world.chore(chore);
  }
};
/** Every bundle recomputes and begins where the one before ended. */
const verifyAll = async (): Promise<Verified[]> => {
  const rows = await world.query<{ index: number }>(
    'SELECT "epochIndex" AS index FROM bundles ORDER BY "epochIndex"',
  );
  const all: Verified[] = [];
  for (const [i, { index }] of rows.entries()) {
    const source = (at: number) => httpSource(`${world.url}/api/bundles/${campaignId}/${at}`);
    const previous = i === 0 ? undefined : source(rows[i - 1]!.index);
    const native = { proof: proofCheck, signatures: nativeSignatures, newHash: nativeSha256 };
    all.push(await verifyBundle(source(index), { proofs: 'all', previous, ...native }));
  }
  return all;
};
const amountsOf = (bundles: readonly Verified[], kind: string) =>
  bundles.flatMap(({ lines }) => lines).flatMap((line) => (line.kind === kind ? BigInt(line.amount) : []));

test('a campaign’s end decides what is still held: in proportion to the proved time, and nothing waits on', async () => {
  const client = await keeper(world);
  await closeEpochs(world, 2);
  await client.stop();
  await pass(4);
  expect(await world.count('held_parts')).toBe(0);
  const bundles = await verifyAll();
  const [part] = amountsOf(bundles, 'plotting-held') as [bigint];
  const [released] = amountsOf(bundles, 'plotting-release') as [bigint];
  const [forfeited] = amountsOf(bundles, 'plotting-forfeit') as [bigint];
  expect(released + forfeited).toBe(part);
  const line = bundles.flatMap(({ lines }) => lines).find(({ kind }) => kind === 'plotting-release')!;
  const { keptMs, ofMs } = line.reason.settled as { keptMs: number; ofMs: number };
  expect(ofMs).toBe(RETENTION_MS);
  expect(keptMs).toBeGreaterThan(HOUR);
  expect(keptMs).toBeLessThan(2.5 * HOUR);
  expect(released).toBe((part * BigInt(keptMs)) / BigInt(ofMs));
  const [book] = await world.query<{ held: string }>(
    `SELECT COALESCE(SUM(amount), 0)::text AS held FROM ledger_postings WHERE account = 'contributor:held'`,
  );
  expect(book!.held).toBe('0');
  // then it is over
  const closed = await world.count('bundles');
  await pass(3);
  expect(await world.count('bundles')).toBe(closed);
});

test('a plot lost before the end waits for its appeal, in epochs after it; an appeal that is granted settles it', async () => {
  const client = await keeper(world);
  await closeEpochs(world, 1);
  deletePlots(client);
  await vainRound(world);
  await confirmLoss(world);
  expect(await world.count(`plots WHERE state = 'lost'`)).toBe(1);
  const { items } = await client.person.must<{ items: { id: string }[] }>('GET', '/consequences');
  await client.person.must('POST', `/consequences/${items[0]!.id}/appeal`, { text: 'It was stolen.' });
  const end = await world.query<{ left: number }>(
    'SELECT EXTRACT(EPOCH FROM "endsAt" - $1)::float / 3600 AS left FROM campaigns',
    [world.clock.now()],
  );
  await pass(Math.ceil(end[0]!.left * 4) / 4);
  expect(await world.count(`plots WHERE state = 'lost'`)).toBe(1);
  expect(await world.count('held_parts')).toBe(1);
  expect(amountsOf(await verifyAll(), 'plotting-forfeit')).toEqual([]);

  const answer = { text: 'We are sorry.', excused: true };
  await world.admin.must('POST', `/admin/appeals/${items[0]!.id}/answer`, answer);
  await pass(2);
  expect(await world.count('held_parts')).toBe(0);
  const bundles = await verifyAll();
  const [part] = amountsOf(bundles, 'plotting-held');
  const decided = [...amountsOf(bundles, 'plotting-release'), ...amountsOf(bundles, 'plotting-forfeit')];
  expect(decided.reduce((sum, amount) => sum + amount, 0n)).toBe(part);
});

test('a campaign that an admin closes ends then', async () => {
  const client = await keeper(world);
  await closeEpochs(world, 1);
  await client.stop();
  const now = world.clock.now();
  await world.admin.must('POST', `/admin/campaigns/${campaignId}/state`, { state: 'closed' });
  expect(await world.query('SELECT "endsAt" FROM campaigns')).toEqual([{ endsAt: now }]);
  await pass(3);
  expect(await world.count('held_parts')).toBe(0);
  const bundles = await verifyAll();
  expect(amountsOf(bundles, 'plotting-release')).toHaveLength(1);
  expect(amountsOf(bundles, 'plotting-forfeit')).toHaveLength(1);
});
