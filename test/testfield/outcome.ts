import type { Field } from './field.js';
import type { ScriptedClient } from './scripted-client.js';

/** What somebody got, in base units; `held` is what waits for the retention time to pass. */
export interface Earned {
  storage: bigint;
  plotting: bigint;
  held: bigint;
  forfeited: bigint;
  referral: bigint;
  /** All that can be paid out. */
  released: bigint;
}

/** Everybody's reward lines, added up. */
export async function earnings(field: Field, campaignId: string): Promise<(account: string) => Earned> {
  const rows = await field.world.query<{ accountId: string; kind: string; sum: string }>(
    `SELECT "accountId", kind, SUM(amount) AS sum FROM reward_lines WHERE "campaignId" = $1 GROUP BY 1, 2`,
    [campaignId],
  );
  const sums = new Map(rows.map((row) => [`${row.accountId} ${row.kind}`, BigInt(row.sum)]));
  return (account) => {
    const of = (kind: string) => sums.get(`${account} ${kind}`) ?? 0n;
    const plotting = of('plotting') + of('plotting-release');
    const forfeited = of('plotting-forfeit');
    const [storage, referral] = [of('storage'), of('referral')];
    return {
      storage,
      referral,
      plotting,
      forfeited,
      held: of('plotting-held') - of('plotting-release') - forfeited,
      released: storage + plotting + referral,
    };
  };
}

/** Hours from when it began to cheat until the first row about it, or null. */
async function hoursUntil(field: Field, client: ScriptedClient, table: string, time: string) {
  const [first] = await field.world.query<{ at: Date | null }>(
    `SELECT MIN("${time}") AS at FROM ${table} AND "nodeId" = $1 AND "${time}" >= $2`,
    [client.nodeId, new Date(client.cheatsSince ?? field.startMs)],
  );
  return first?.at ? (first.at.getTime() - (client.cheatsSince ?? field.startMs)) / 3_600_000 : null;
}

/** Until a plot of its was asked for in vain. */
export const hoursUntilDoubted = (field: Field, client: ScriptedClient) =>
  hoursUntil(field, client, 'doubts WHERE true', 'openedAt');

/** Until it is known, and paid by, that it keeps its plots in part only. */
export const hoursUntilReduced = (field: Field, client: ScriptedClient) =>
  hoursUntil(field, client, `consequences WHERE cause = 'kept_in_part'`, 'at');

/** Where it stood, in order. */
export async function stagesOf(field: Field, client: ScriptedClient): Promise<string[]> {
  const rows = await field.world.query<{ to: string }>(
    'SELECT "to" FROM consequences WHERE "nodeId" = $1 ORDER BY at',
    [client.nodeId],
  );
  return rows.map((row) => row.to);
}

/** What its checks came to. */
export async function verdictsOf(field: Field, client: ScriptedClient): Promise<Record<string, number>> {
  const rows = await field.world.query<{ verdict: string; count: number }>(
    'SELECT verdict, COUNT(*)::int AS count FROM checks WHERE "nodeId" = $1 GROUP BY 1',
    [client.nodeId],
  );
  return Object.fromEntries(rows.map((row) => [row.verdict, row.count]));
}

/** Its plots by state. */
export async function plotsOf(field: Field, client: ScriptedClient): Promise<Record<string, number>> {
  const rows = await field.world.query<{ state: string; count: number }>(
    'SELECT state, COUNT(*)::int AS count FROM plots WHERE "nodeId" = $1 GROUP BY 1',
    [client.nodeId],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}
