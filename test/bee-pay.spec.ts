import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type BeeRecord,
  type BundleFault,
  type BundleSource,
  Frames,
  readFile,
  readManifest,
  verifyBundle,
} from '#libs/bundle';
import type { BeeEarningsAnswer } from '../apps/center/src/rewards/dto.js';
import { nativeSha256, nativeSignatures, proofCheck } from '../apps/client/src/bundles/native-checks.js';
import { httpSource } from '../apps/client/src/bundles/sources.js';
import { checkBees } from '../libs/bundle/src/verify/bees.js';
import { BeeField, CHECK_SECONDS } from './support/bee-field.js';
import { STAKE } from './support/swarm-chain.js';
import type { World } from './support/world.js';

const native = { proof: proofCheck, signatures: nativeSignatures, newHash: nativeSha256 };

/** What a bundle tells of Bee nodes. */
async function beesOf(source: BundleSource): Promise<BeeRecord[]> {
  const { manifest } = readManifest(await source.manifest());
  const records: BeeRecord[] = [];
  for await (const record of readFile(source, manifest, 'bees', await Frames.load())) records.push(record);
  return records;
}

let field: BeeField;
let world: World;

beforeAll(async () => {
  field = await BeeField.begin(3);
  world = field.world;
});
afterAll(() => field?.end());

test('a neighbourhood’s rate is shared by stake among those with a reserve, and anybody can redo why', async () => {
  const rate = 24n * 10n ** 18n;
  const campaignId = await world.campaign({
    plotTarget: 0,
    rates: {
      plottingPerPlot: {},
      immediateBps: 0,
      storagePerPlotEquivalentHour: '0',
      beePerNeighbourhoodDay: rate.toString(),
    },
  });
  await world.chore('funding');
  const epoch = async (index: number) => {
    const [row] = await world.query<{ endsAt: Date }>(
      'SELECT "endsAt" FROM epochs WHERE "campaignId" = $1 AND index = $2',
      [campaignId, index],
    );
    world.clock.advance(row!.endsAt.getTime() + 2_000 - world.clock.now().getTime());
    await world.chore('close-epochs');
    return httpSource(`${world.url}/api/bundles/${campaignId}/${index}`);
  };
  await world.chore('close-epochs');
  const began = world.clock.now().getTime();
  const { bee } = field.operators[2]!;
  // beside what it has
  await field.swarm.stake(bee.node, 4n * STAKE);
  await field.swarm.mine(400);
  expect(await field.challenge()).toMatchObject([
    { verdict: 'held' },
    { verdict: 'held' },
    { verdict: 'held' },
  ]);
  const checkedMs = world.clock.now().getTime() - began;

  const first = await epoch(0);
  const { lines, policy } = await verifyBundle(first, { proofs: 'all', ...native });
  expect(policy.bees).toMatchObject({ vouchedMs: 2 * CHECK_SECONDS * 1000, since: 0 });
  const vouchedMs = 3_600_000 - checkedMs;
  const partOf = (parts: bigint) => (((BigInt(vouchedMs) * parts) / 7n) * rate) / 86_400_000n;
  const stakes = lines.map(({ reason, amount }) => [(reason.bee as { plur: string }).plur, amount]);
  expect(lines.every(({ kind, evidence }) => kind === 'bee-node' && evidence.bees?.length === 1)).toBe(true);
  expect(stakes.sort()).toEqual([
    [STAKE.toString(), partOf(1n).toString()],
    [STAKE.toString(), partOf(1n).toString()],
    [(5n * STAKE).toString(), partOf(5n).toString()],
  ]);
  const [booked] = await world.query<{ amount: string }>(
    `SELECT SUM(amount)::text AS amount FROM ledger_postings WHERE account = 'contributor:released' AND "campaignId" = $1`,
    [campaignId],
  );
  expect(BigInt(booked!.amount)).toBe(lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n));

  const { items } = await field.operators[2]!.person.must<BeeEarningsAnswer>('GET', '/earnings/bee-nodes');
  expect(items).toMatchObject([{ campaignId, units: partOf(5n).toString(), vouchedMs }]);

  // the check counts on in the next epoch, and is not told at length again
  const second = await epoch(1);
  const again = await verifyBundle(second, { proofs: 'all', previous: first, ...native });
  expect(again.lines.map(({ reason }) => (reason.bee as { vouchedMs: number }).vouchedMs)).toEqual(
    Array(3).fill(2 * CHECK_SECONDS * 1000 - vouchedMs),
  );
  const carried = await beesOf(second);
  expect(carried.every(({ answer, verdict }) => answer === null && verdict === 'held')).toBe(true);
  // and in the one after it no more
  const third = await epoch(2);
  expect((await verifyBundle(third, { proofs: 'all', previous: second, ...native })).lines).toEqual([]);

  const records = await beesOf(first);
  const fault = (change: (records: BeeRecord[]) => void) => {
    const changed = structuredClone(records);
    change(changed);
    try {
      checkBees(changed, policy);
    } catch (error) {
      return (error as BundleFault).reason;
    }
    return null;
  };
  expect(fault(() => {})).toBe(null);
  const other = '00'.repeat(32);
  const lies: [why: string, (records: BeeRecord[]) => void][] = [
    ['another verdict', ([one]) => Object.assign(one!, { verdict: 'insufficient' })],
    ['another answer', ([one]) => Object.assign(one!, { answer: one!.answer!.replace('"hash"', '"hush"') })],
    ['no answer', ([one]) => Object.assign(one!, { answer: null })],
    ['another commitment', ([one]) => Object.assign(one!, { commitment: other })],
    ['another anchor', ([one]) => Object.assign(one!, { anchor2: other })],
    ['another overlay', ([one]) => Object.assign(one!, { overlay: other })],
    ['a small stake', ([one]) => Object.assign(one!.stake!, { plur: '1' })],
    ['a batch that is dead', (all) => all.map((one) => Object.assign(one, { batches: [] }))],
    ['nobody else', (all) => all.splice(1)],
  ];
  for (const [why, lie] of lies) expect(fault(lie), why).toBe('other_bee_verdict');
  expect(fault(([one]) => Object.assign(one!, { depth: 1 }))).toBe('bee_asked_other');
  const late = policy.epoch.endsAt + 1;
  expect(fault((all) => all.map((one) => Object.assign(one, { closedAt: late })))).toBe('bee_out_of_time');
});
