import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answer, CroftError, type RoundMessage, type SignedReceipt, type Task } from '#libs/protocol';
import type { Person } from './support/person.js';
import { RawNode } from './support/raw-node.js';
import { World } from './support/world.js';

const NODES = 4;
const PLOTS = 10;
const machine = {
  ...{ os: 'test', arch: 'test', cores: 1, memoryBytes: 1e9, clientVersion: '0' },
  ...{ storeBytes: 1e9, storeFreeBytes: 1e9, tempFreeBytes: 1e9 },
};

/** The code of each refusal, or what `value` makes of an answer. */
const outcomes = <T>(calls: Promise<T>[], value: (answer: T) => string) =>
  Promise.all(
    calls.map((call) =>
      call.then(value, (error: unknown) => (error instanceof CroftError ? error.code : String(error))),
    ),
  );
const counted = (words: string[]) => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

describe('many nodes at once, on a real database', () => {
  let world: World;
  let campaignId: string;
  let people: Person[];
  let nodes: RawNode[];
  const plotsOf = new Map<string, string[]>();

  /** Plots that a node keeps, as if it had made them; nobody asks for their files. */
  const give = async (person: Person, node: RawNode, count: number, state: 'accepted' | 'registered') => {
    const { id: accountId } = await person.must<{ id: string }>('GET', '/me');
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const plotId = createHash('sha256').update(randomUUID()).digest('hex');
      const at = world.clock.now();
      const [row] = await world.query<{ id: string }>(
        `INSERT INTO plots ("plotId", "significantId", k, kind, "farmerPublicKey", "contractPuzzleHash", "plotBytes",
           "contentRoot", "campaignId", "accountId", "nodeId", "leaseId", state, "registeredAt", "acceptedAt")
         VALUES ($1, left($1, 62), 18, 'chia-v1', '', '', 1, '', $2, $3, $4, gen_random_uuid(), $5, $6, $7) RETURNING id`,
        [plotId, campaignId, accountId, node.id, state, at, state === 'accepted' ? at : null],
      );
      await world.query(
        `INSERT INTO custodies ("plotRef", "campaignId", "nodeId", "accountId", storing, "fromAt")
         VALUES ($1, $2, $3, $4, true, $5)`,
        [row!.id, campaignId, node.id, accountId, at],
      );
      ids.push(plotId);
    }
    return ids;
  };
  const empty = (round: RoundMessage, nodeId: string, plotId: string): Answer => ({
    ...{ roundId: round.roundId, nodeId, plotId, plotKind: 'chia-v1', k: 18, beacon: round.beacon },
    ...{ subIndex: null, proof: null },
  });

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign({ plotTarget: 3 });
    people = await Promise.all(Array.from({ length: NODES }, () => world.person()));
    nodes = await Promise.all(people.map(async (person) => (await RawNode.pair(person)).connect()));
  });
  afterAll(async () => {
    for (const node of nodes) node.close();
    await world.end();
  });

  test('work is offered to those who know its kind', async () => {
    await world.chore('queue');
    const [node] = nodes as [RawNode];
    const asked = async () => (await node.call<{ tasks: Task[] }>('task:next', {})).tasks.length;
    await node.call('node:report', { ...machine, makes: ['chia-v2'], keeps: ['chia-v1'] });
    expect(await asked()).toBe(0);
    expect(await world.count(`tasks WHERE state = 'open' AND attempts = 0`)).toBe(3);
    await expect(node.call('node:report', { ...machine, makes: Array(17).fill('x') })).rejects.toMatchObject({
      code: 'bad_request',
    });
    // one that does not say is taken to know the first kind
    await node.call('node:report', machine);
    expect(await asked()).toBe(1);
  });

  test('many who ask for work get each task once, and none waits for another for ever', async () => {
    const calls = Array.from({ length: 40 }, (_, i) =>
      nodes[i % NODES]!.call<{ tasks: Task[] }>('task:next', {}),
    );
    const answers = await outcomes(calls, () => 'answered');
    expect(counted(answers)).toEqual({ answered: 40 });
    expect(await world.count('leases')).toBe(3);
    const [{ tasks }] = (await world.query('SELECT COUNT(DISTINCT "taskId")::int AS tasks FROM leases')) as [
      { tasks: number },
    ];
    expect(tasks).toBe(3);
  });

  test('answers of all connections for the same round and the same plots: each settled once, by its keeper', async () => {
    for (const [i, node] of nodes.entries())
      plotsOf.set(node.id, await give(people[i]!, node, PLOTS, 'accepted'));
    const idle = await (await RawNode.pair(people[0]!)).connect();
    await world.chore('rounds');
    await vi.waitUntil(() => nodes.every(({ rounds }) => rounds.length > 0));
    // its answer comes after whatever was sent to it before
    await idle.call('task:next', {});
    expect(idle.rounds).toEqual([]);
    idle.close();
    const [round] = nodes[0]!.rounds as [RoundMessage];
    const all = [...plotsOf.values()].flat();
    // twice each, in another order for each node
    const calls = nodes.flatMap((node, n) =>
      [...all.slice(7 * n), ...all.slice(0, 7 * n), ...all].map((plotId) =>
        node.call<SignedReceipt>('round:answer', node.signed(empty(round, node.id, plotId))),
      ),
    );
    const words = await outcomes(calls, ({ receipt }) => receipt.verdict);
    expect(counted(words)).toEqual({
      empty: NODES * PLOTS,
      answer_repeated: NODES * PLOTS,
      not_in_custody: 2 * NODES * PLOTS * (NODES - 1),
    });
    const settled = `checks WHERE "roundId" = $1 AND verdict = 'empty' AND "receiptSignature" IS NOT NULL`;
    expect(await world.count(settled, [round.roundId])).toBe(NODES * PLOTS);
  });

  test('rounds that are open together may be answered in any order', async () => {
    const [node] = nodes as [RawNode];
    const [plotId] = (await give(people[0]!, node, 1, 'registered')) as [string];
    node.rounds.length = 0;
    await world.until('it is asked for the plot', async () => node.rounds.length === 4);
    for (const round of node.rounds.toReversed()) {
      const { receipt } = await node.call<SignedReceipt>(
        'round:answer',
        node.signed(empty(round, node.id, plotId)),
      );
      expect([receipt.roundId, receipt.verdict]).toEqual([round.roundId, 'empty']);
    }
  });

  test('ten thousand answers at once from one client hold nobody else up, and change nothing', async () => {
    const [flooding, other] = nodes as [RawNode, RawNode];
    world.clock.advance(600_000);
    await world.chore('close-rounds');
    other.rounds.length = 0;
    await world.chore('rounds');
    await vi.waitUntil(() => other.rounds.length > 0);
    const [round] = other.rounds as [RoundMessage];
    const before = await world.contents();
    const nonsense = flooding.signed(
      empty({ ...round, roundId: randomUUID() }, flooding.id, '77'.repeat(32)),
    );
    const flood = outcomes(
      Array.from({ length: 10_000 }, () => flooding.call('round:answer', nonsense, 90_000)),
      () => 'taken',
    );
    const [plotId] = plotsOf.get(other.id)!;
    const answer = other.call<SignedReceipt>(
      'round:answer',
      other.signed(empty({ ...round, roundId: randomUUID() }, other.id, plotId!)),
      90_000,
    );
    expect(await outcomes([answer], () => '')).toEqual(['round_unknown']);
    const words = counted(await flood);
    expect(Object.keys(words).sort()).toEqual(['rate_limited', 'round_unknown']);
    expect(words.rate_limited! + words.round_unknown!).toBe(10_000);
    expect(await world.contents()).toBe(before);
    const { receipt } = await other.call<SignedReceipt>(
      'round:answer',
      other.signed(empty(round, other.id, plotId!)),
    );
    expect(receipt.verdict).toBe('empty');
  }, 180_000);
});
