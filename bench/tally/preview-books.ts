import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type pg from 'pg';
import { type HeldPart, PLOT_EQUIVALENT, type Rates, rulesets, unmeasured } from '#libs/ruleset';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const RETENTION_DAYS = 7;
const PLOTS_PER_NODE = 10;
const ROWS_AT_ONCE = 10_000;
const WORKS_A_PART = 5_000;

export const rates: Rates = {
  version: 1,
  plottingPerPlot: { '32': 10n ** 18n },
  immediateBps: 5000,
  storagePerPlotEquivalentHour: 10n ** 15n,
  referralBps: 0,
  beePerNeighbourhoodDay: 0n,
};

const id = (kind: number, n: number) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const withText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/**
 * Days of a campaign as their closings would have left them: every node keeps ten plots and made one of them in these
 * days. Returns the campaign.
 */
export async function fillBooks(client: pg.Client, nodes: number, days: number): Promise<string> {
  const campaignId = randomUUID();
  const startsAt = Math.floor(Date.now() / DAY_MS) * DAY_MS - days * DAY_MS;
  await insertCampaign(client, campaignId, startsAt);
  const held: HeldPart[][] = [];
  let available = 10n ** 30n;
  for (let day = 0; day < days; day++) {
    const epochId = randomUUID();
    const epochEnd = new Date(startsAt + (day + 1) * DAY_MS);
    const facts = factsOf(day, nodes, days, held[day - RETENTION_DAYS] ?? [], available);
    const { lines, accrued, forfeited } = rulesets['ruleset-2']!.price({ ...facts, rates });
    held.push(
      lines
        .filter(({ kind }) => kind === 'plotting-held')
        .map(({ plotId, account, amount }) => ({ plotId: plotId!, account, amount })),
    );
    const { storage, ...head } = facts;
    const times = { epochIndex: day, startsAt: startsAt + day * DAY_MS, endsAt: epochEnd.getTime() };
    const parts: unknown[] = [{ ...head, ...times, accrued, forfeits: forfeited }];
    for (let i = 0; i < storage.length; i += WORKS_A_PART) parts.push(storage.slice(i, i + WORKS_A_PART));
    for (const [part, content] of parts.entries()) {
      const packed = gzipSync(JSON.stringify(content, withText), { level: 1 });
      await client.query('INSERT INTO epoch_works VALUES ($1, $2, $3, $4)', [campaignId, day, part, packed]);
    }
    await client.query(
      `INSERT INTO epoch_closings ("epochId", "campaignId", "epochIndex", ruleset, "ratesVersion", accrued, "dataHash",
         "closedAt") VALUES ($1, $2, $3, 'ruleset-2', 1, $4, '', $5)`,
      [epochId, campaignId, day, accrued.toString(), epochEnd],
    );
    for (let i = 0; i < lines.length; i += ROWS_AT_ONCE) {
      const some = lines.slice(i, i + ROWS_AT_ONCE);
      await client.query(
        `INSERT INTO reward_lines ("campaignId", "epochId", "epochIndex", at, "accountId", "nodeId", "plotId", kind,
           amount, quantity, unit, rate, reason)
         SELECT $1, $2, $3, $4, l."account"::uuid, l."node"::uuid, l."plotId"::uuid, l.kind, l.amount::numeric,
           l.quantity, l.unit, l.rate, l.reason
         FROM jsonb_to_recordset($5::jsonb) AS l(account text, node text, "plotId" text, kind text, amount text,
           quantity text, unit text, rate text, reason jsonb)`,
        [campaignId, epochId, day, epochEnd, JSON.stringify(some, withText)],
      );
    }
    available += forfeited - accrued;
  }
  await client.query('ANALYZE');
  return campaignId;
}

function factsOf(day: number, nodes: number, days: number, maturing: HeldPart[], available: bigint) {
  const whole = BigInt(PLOTS_PER_NODE) * PLOT_EQUIVALENT * BigInt(DAY_MS);
  const everyNode = Array.from({ length: nodes }, (_, n) => n);
  return {
    caps: { perAccount: null, perCluster: null, referralPerAccount: null },
    available,
    accounts: {},
    accepted: everyNode
      .filter((n) => n % days === day)
      .map((n) => ({ plotId: id(3, n), kind: 'chia-v1', k: 32, account: id(2, n), node: id(1, n) })),
    maturing,
    forfeited: [],
    settled: [],
    bees: [],
    storage: everyNode.map((n) => ({
      account: id(2, n),
      node: id(1, n),
      whole,
      counted: whole * 10_000n,
      plots: PLOTS_PER_NODE,
      keptMs: PLOTS_PER_NODE * 24 * HOUR_MS,
      checks: { proved: 40 + ((n + day) % 9), empty: 0, late: 0, silent: 8 - ((n + day) % 9), invalid: 0 },
      network: { ...unmeasured, answerMs: 900 + n },
      networkWeightPpm: 800_000 + ((n * 7919) % 200_001),
      fraction: null,
    })),
  };
}

async function insertCampaign(client: pg.Client, id: string, startsAt: number) {
  await client.query(
    `INSERT INTO campaigns (id, name, state, "tokenAddress", "tokenSymbol", "tokenDecimals", "chainId", "payoutContract",
       "unitSize", "startsAt", "endsAt", "epochSeconds", "roundSeconds", "deadlineMs", "plotKind", "minK", "taskK",
       "plotTarget", "retentionSeconds", ruleset)
     VALUES ($1, 'Benchmark', 'active', '', 'B', 18, 1, $5, 1, $2, $3, 86400, 1800, 20000, 'chia-v1', 32, 32, 0, $4, 'ruleset-2')`,
    [id, new Date(startsAt), new Date(startsAt + 400 * DAY_MS), RETENTION_DAYS * 86_400, id],
  );
  await client.query(
    `INSERT INTO campaign_rates ("campaignId", version, "effectiveAt", "plottingPerPlot", "immediateBps",
       "storagePerPlotEquivalentHour") VALUES ($1, 1, $2, $3, $4, $5)`,
    [
      id,
      new Date(startsAt),
      JSON.stringify(rates.plottingPerPlot, withText),
      rates.immediateBps,
      rates.storagePerPlotEquivalentHour.toString(),
    ],
  );
}
