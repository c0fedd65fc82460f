import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './support/person.js';
import { World } from './support/world.js';

let world: World;
let person: Person;

beforeAll(async () => {
  world = await World.begin();
  person = await world.person();
});
afterAll(() => world.end());

test('rows that share a time are each on exactly one page', async () => {
  const campaignId = await world.campaign({ plotTarget: 0 });
  const { id: accountId } = await person.must<{ id: string }>('GET', '/me');
  const ids = Array.from({ length: 7 }, () => randomUUID());
  for (const [i, id] of ids.entries()) {
    await world.query(
      `INSERT INTO reward_lines (id, "campaignId", "epochId", "epochIndex", at, "accountId", kind, amount, quantity, unit, rate, reason)
       VALUES ($1, $2, $3, 0, $4, $5, 'storage', 1, '1', 'plot-equivalent-ms', '1', '{}')`,
      [id, campaignId, randomUUID(), new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 5))), accountId],
    );
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&before=${encodeURIComponent(cursor)}` : '';
    const page: { items: { id: string }[]; next: string | null } = await person.must(
      'GET',
      `/earnings/lines?campaignId=${campaignId}&limit=2${more}`,
    );
    seen.push(...page.items.map((line) => line.id));
    cursor = page.next;
  } while (cursor);
  expect(seen).toHaveLength(7);
  expect(new Set(seen)).toEqual(new Set(ids));
});

test('a cursor that is none is refused', async () => {
  expect((await person.call('GET', '/plots?before=yesterday')).status).toBe(400);
});
