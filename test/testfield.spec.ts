import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLOT_EQUIVALENT, plotSize } from '#libs/ruleset';
import { TOKEN, UNIT_SIZE } from './support/chain.js';
import { Lying } from './testfield/behaviours/lying.js';
import { PlotThenDelete } from './testfield/behaviours/plot-then-delete.js';
import { PLOTS } from './testfield/cast.js';
import { attemptDuplicates } from './testfield/duplicating.js';
import { IMMEDIATE_BPS, PLOTTING, STORAGE_RATE } from './testfield/field.js';
import {
  type Earned,
  earnings,
  hoursUntilDoubted,
  hoursUntilReduced,
  plotsOf,
  stagesOf,
  verdictsOf,
} from './testfield/outcome.js';
import { figures, play, REFERRAL_BPS, type Scenario, type Size } from './testfield/scenario.js';
import { K, type ScriptedClient } from './testfield/scripted-client.js';

/** Six days of few clients; `npm run bench:tally -- testfield` sets TESTFIELD to seeds, and plays thirty of many. */
const { TESTFIELD } = process.env;
const large = TESTFIELD?.split(',').map(Number);
const sizes: Size[] = large
  ? large.map((seed) => ({ seed, days: 30, identities: 1000, crowdDays: 10 }))
  : [{ seed: 1, days: 6, identities: 40, crowdDays: 3 }];
const TIME_LIMIT_MS = 600_000;

/** What keeping plots whole for so many days pays, base units. */
const storageOf = (plots: number, days: number) =>
  (plotSize('chia-v1', K) * BigInt(plots) * STORAGE_RATE * BigInt(days * 24)) / PLOT_EQUIVALENT;

/** Parts in a thousand. */
const permille = (part: bigint, whole: bigint) => Number((part * 1000n) / whole);

describe.each(sizes)('a field of scripted clients (seed $seed, $days days)', (size) => {
  const { days } = size;
  let scenario: Scenario;
  let earned: (client: ScriptedClient) => Earned;
  const full = storageOf(PLOTS, days);

  beforeAll(async () => {
    scenario = await play(size);
    console.log(figures(scenario));
    const of = await earnings(scenario.field, scenario.castCampaign);
    earned = (client) => of(client.accountId);
    const { answers, clients } = scenario.field;
    const { assembling: assemblingSeconds, days: seconds } = scenario.seconds;
    const row = { ...size, assemblingSeconds, seconds, answers, clients: clients.length };
    if (process.env.TESTFIELD_FIGURES)
      writeFileSync(process.env.TESTFIELD_FIGURES, `${JSON.stringify(row)}\n`, { flag: 'a' });
  }, TIME_LIMIT_MS);
  afterAll(() => scenario?.field.end());

  test('no chore failed on the way, and every epoch is closed', async () => {
    const { field, castCampaign } = scenario;
    expect(field.failures).toEqual([]);
    expect(await field.world.count('epoch_closings WHERE "campaignId" = $1', [castCampaign])).toBe(days);
  });

  test('who is honest stays active and is paid in full', async () => {
    const { cast, field } = scenario;
    for (const client of [...cast.honest, cast.slow, cast.repeating, cast.forging]) {
      expect([client.behaviour.name, await stagesOf(field, client)]).toEqual([client.behaviour.name, []]);
      const { storage, plotting, held, forfeited } = earned(client);
      // who needs long to answer has a lower network weight, and nothing else
      const least = client === cast.slow ? 800 : 999;
      expect([client.behaviour.name, permille(storage, full) >= least]).toEqual([
        client.behaviour.name,
        true,
      ]);
      expect(plotting + held).toBe(PLOTTING * BigInt(PLOTS));
      expect(held).toBe(0n);
      expect(forfeited).toBe(0n);
      expect(Object.keys(await verdictsOf(field, client))).toEqual(['proved']);
    }
  });

  test('who is there nine hours in ten is paid for nine tenths, keeps its plots, and stays active', async () => {
    const { cast, field } = scenario;
    expect(await stagesOf(field, cast.flaky)).toEqual([]);
    expect(await plotsOf(field, cast.flaky)).toEqual({ accepted: PLOTS });
    const part = permille(earned(cast.flaky).storage, full);
    expect(part).toBeGreaterThan(820);
    expect(part).toBeLessThan(970);
  });

  test('who answers after the deadline earns nothing by it', async () => {
    const { cast, field } = scenario;
    expect(earned(cast.late).storage).toBe(0n);
    const { late = 0, silent = 0, ...others } = await verdictsOf(field, cast.late);
    expect(others).toEqual({});
    expect(late).toBeGreaterThan(0);
    expect(cast.late.refusals.round_closed).toBe(silent);
  });

  test('a tenth of the plots gone is found within a day, and only that tenth is lost', async () => {
    const { cast, field } = scenario;
    for (const client of cast.deletesTenth) {
      expect(await hoursUntilDoubted(field, client)).toBeLessThanOrEqual(24);
      expect(await plotsOf(field, client)).toEqual({ accepted: PLOTS - 1, lost: 1 });
      expect(await stagesOf(field, client)).toContain('notice');
      const { plotting, forfeited, storage } = earned(client);
      expect(forfeited).toBe(((10_000n - BigInt(IMMEDIATE_BPS)) * PLOTTING) / 10_000n);
      expect(plotting).toBe(PLOTTING * BigInt(PLOTS) - forfeited);
      expect(storage).toBeLessThan(full);
    }
  });

  test('all plots gone: all are lost, and the node is suspended', async () => {
    const { cast, field } = scenario;
    expect(await hoursUntilDoubted(field, cast.deletesAll)).toBeLessThanOrEqual(3);
    expect(await plotsOf(field, cast.deletesAll)).toEqual({ lost: PLOTS });
    expect(await stagesOf(field, cast.deletesAll)).toContain('notice');
    expect(permille(earned(cast.deletesAll).storage, full)).toBeLessThan((2000 / days) * 1.1);
    expect(earned(cast.deletesAll).forfeited).toBe((4n * PLOTTING * BigInt(PLOTS)) / 10n);
  });

  test('70 % of every plot is found within a week, hidden by silence or not, and pays no more than that', async () => {
    const { cast, field } = scenario;
    for (const client of [cast.keeps70, cast.keeps70Silently]) {
      const hours = await hoursUntilReduced(field, client);
      expect([client.behaviour.name, hours !== null && hours <= 7 * 24]).toEqual([
        client.behaviour.name,
        true,
      ]);
      expect(earned(client).storage).toBeLessThan(full);
    }
    // what it is paid by in the end
    const [last] = await field.world.query<{ bps: number }>(
      `SELECT (reason->>'fractionBps')::int AS bps FROM reward_lines
       WHERE "accountId" = $1 AND kind = 'storage' ORDER BY at DESC LIMIT 1`,
      [cast.keeps70.accountId],
    );
    expect(last!.bps).toBeGreaterThan(6000);
    expect(last!.bps).toBeLessThan(8000);
  });

  test('90 % of every plot is found within thirty days', async () => {
    const { cast, field } = scenario;
    const hours = await hoursUntilReduced(field, cast.keeps90);
    if (days >= 30) expect(hours).toBeLessThanOrEqual(30 * 24);
    expect(earned(cast.keeps90).storage).toBeLessThanOrEqual(full);
  });

  test('old proofs, repeated answers and answers for others change nothing', async () => {
    const { cast, field } = scenario;
    const { invalid = 0, proved = 0 } = await verdictsOf(field, cast.replaying);
    expect(invalid).toBeGreaterThan(0);
    expect(permille(earned(cast.replaying).storage, full)).toBeLessThan((1000 / days) * 1.2);
    expect(proved).toBeGreaterThan(0);
    expect(await plotsOf(field, cast.replaying)).toEqual({ lost: PLOTS });
    // of three answers two are repeated, and the first receipt stands
    expect(cast.repeating.refusals).toEqual({ answer_repeated: 2 * cast.repeating.receipts.proved! });
    expect(Object.keys(cast.forging.refusals).sort()).toEqual(['bad_signature', 'not_in_custody']);
    expect(Object.keys(cast.forging.receipts)).toEqual(['proved']);
  });

  test('plotting and deleting earns less than honest plotting, and soon there is no more work for it', async () => {
    const { cast, field } = scenario;
    const { made } = cast.plotThenDelete.behaviour as PlotThenDelete;
    const { released, held } = earned(cast.plotThenDelete);
    expect(made).toBeGreaterThan(3);
    expect(await stagesOf(field, cast.plotThenDelete)).toContain('suspended');
    // asked for a plot every six hours, it was soon given none
    expect(made).toBeLessThan(days * 4 * 0.8);
    expect(released + held).toBeLessThan(PLOTTING * BigInt(made));
    const { accepted = 0 } = await plotsOf(field, cast.plotThenDelete);
    expect(accepted).toBeLessThanOrEqual(made);
    const each = (whole: bigint, plots: number) => whole / BigInt(plots);
    const { released: honestly } = earned(cast.honest[0]!);
    expect(each(released, made)).toBeLessThan(each(honestly, PLOTS));
  });

  test('a disk that is not there takes nothing over, and its maker is paid all the same', async () => {
    const { cast, field } = scenario;
    expect((cast.lying.behaviour as Lying).taken).toBeGreaterThan(3);
    expect(await field.world.count('custodies WHERE "nodeId" = $1', [cast.lying.nodeId])).toBe(0);
    expect(earned(cast.lying).released).toBe(0n);
    expect(earned(cast.plotter).plotting + earned(cast.plotter).held).toBe(2n * PLOTTING);
  });

  test('a plot cannot be claimed twice: by another account, by another node, or by its last byte', async () => {
    const { field, cast } = scenario;
    expect(await attemptDuplicates(field, cast.honest[1]!, cast.honest[2]!)).toEqual([
      'plot_keys_differ',
      'plot_already_registered',
      'plot_keys_differ',
    ]);
    const twice = await field.world.query(
      `SELECT 1 FROM plots WHERE state <> 'rejected' GROUP BY kind, "significantId", k HAVING COUNT(*) > 1
       UNION ALL SELECT 1 FROM reward_lines WHERE "plotId" IS NOT NULL GROUP BY "plotId", kind HAVING COUNT(*) > 1`,
    );
    expect(twice).toEqual([]);
  });

  test('a disk earns no more for many identities than for one', async () => {
    const { field, disk, diskCampaign } = scenario;
    const of = await earnings(field, diskCampaign);
    const one = of(disk.one.accountId).released;
    const many = disk.many.reduce((sum, { accountId }) => sum + of(accountId).released, 0n);
    expect(permille(one, storageOf(disk.fits, size.crowdDays))).toBeGreaterThanOrEqual(999);
    console.log(`seed ${size.seed}: ${disk.many.length} identities earn ${permille(many, one) / 1000} × one`);
    expect(permille(many, one)).toBeLessThanOrEqual(1000 + REFERRAL_BPS / 10);
  });

  test('every line leads to its evidence, the book sums to zero, and nothing is promised beyond what is funded', async () => {
    const { world } = scenario.field;
    const unproven = await world.query(
      `SELECT l.id FROM reward_lines l WHERE l.kind = 'storage' AND l.amount > 0 AND NOT EXISTS (
         SELECT 1 FROM checks c JOIN rounds r ON r.id = c."roundId"
         WHERE r."epochId" = l."epochId" AND c."nodeId" = l."nodeId" AND c.verdict = 'proved')`,
    );
    expect(unproven).toEqual([]);
    const [book] = await world.query<{ sum: string }>('SELECT SUM(amount) AS sum FROM ledger_postings');
    expect(book!.sum).toBe('0');
    const funded = await world.query<{ sum: string }>(
      `SELECT SUM(amount) AS sum FROM ledger_postings WHERE account = 'campaign:funded' GROUP BY "campaignId"`,
    );
    for (const { sum } of funded) expect(BigInt(sum)).toBeGreaterThanOrEqual(0n);
  });

  test(
    'what was earned arrives',
    async () => {
      const { cast, field } = scenario;
      const { chain } = field.world;
      await field.world.until(
        'everything is paid',
        async () =>
          (await field.world.count(`payouts`)) > 0 &&
          (await field.world.count(
            `(SELECT 1 FROM ledger_postings WHERE account IN ('contributor:released', 'contributor:published')
            GROUP BY owner, "campaignId", account HAVING SUM(amount) >= $1) AS unpaid`,
            [UNIT_SIZE.toString()],
          )) === 0,
        TIME_LIMIT_MS,
      );
      const [client] = cast.honest;
      const [row] = await field.world.query<{ address: string }>(
        'SELECT address FROM payout_addresses WHERE "accountId" = $1',
        [client!.accountId],
      );
      const arrived = await chain.chain.tokenBalance(chain.token, row!.address);
      expect(earned(client!).released - arrived).toBeLessThan(UNIT_SIZE);
      expect(arrived).toBeGreaterThan(TOKEN);
    },
    TIME_LIMIT_MS,
  );

  test(
    'a day without the chain does not stop accrual; admins are told',
    async () => {
      const { field, castCampaign, cast } = scenario;
      const before = await field.world.count('reward_lines WHERE "accountId" = $1', [
        cast.honest[0]!.accountId,
      ]);
      await field.world.chain.stop();
      await field.run(48);
      const after = await field.world.count('reward_lines WHERE "accountId" = $1', [
        cast.honest[0]!.accountId,
      ]);
      expect(after - before).toBe(2);
      expect(await field.world.count('epoch_closings WHERE "campaignId" = $1', [castCampaign])).toBe(
        days + 2,
      );
      // not asked over HTTP: an admin's session has ended by now
      expect(await field.world.query('SELECT code FROM alerts WHERE "clearedAt" IS NULL')).toEqual([
        { code: 'chain_unreachable' },
      ]);
      expect(field.failures.every((failure) => failure.startsWith('funding'))).toBe(true);
    },
    TIME_LIMIT_MS,
  );
});
