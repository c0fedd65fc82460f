import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BeeRegistration, beeLinkText, bytesToHex, type CroftError } from '#libs/protocol';
import { addressOfKey } from '#libs/swarm';
import type { BeeNodesAnswer, BeeNodeView } from '../apps/center/src/swarm/bee-nodes/dto.js';
import { loopbackUrl } from '../apps/client/src/bee/loopback.js';
import { beeLink, beeUnlink } from '../apps/client/src/commands/bee.js';
import { dataFolder } from '../apps/client/src/state/data-folder.js';
import { loadPairedNode } from '../apps/client/src/state/node-state.js';
import { FakeBee, FakeReserve, forgeSample, ONE_SLOT_KEY } from './fake-bee/index.js';
import { Client } from './support/client.js';
import type { Person } from './support/person.js';
import { RawNode } from './support/raw-node.js';
import { TestSwarmChain } from './support/swarm-chain.js';
import { World } from './support/world.js';

const neighbourhood = new Uint8Array(32).fill(0x5a);
const elsewhere = new Uint8Array(32).fill(0xa5);
const DEPTH = 2;
const CHECK_SECONDS = 1000;
const slotBatch = new Uint8Array(32).fill(0xe1);

interface Operator {
  bee: FakeBee;
  person: Person;
  client: Client;
  key: Uint8Array;
}

describe('contributors’ Bee nodes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'croft-bee-keys-'));
  let swarm: TestSwarmChain;
  let world: World;
  let reserve: FakeReserve;
  let operators: Operator[];

  const keyFile = (key: Uint8Array) => {
    const file = join(folder, bytesToHex(key));
    writeFileSync(file, bytesToHex(key));
    return file;
  };
  const startBee = async (number: number) => {
    const key = new Uint8Array(32).fill(number);
    const bee = await FakeBee.start({ reserve, privateKey: key, neighbourhood });
    await swarm.stake(bee.node);
    return { bee, key };
  };
  const operate = async (number: number): Promise<Operator> => {
    const { bee, key } = await startBee(number);
    const person = await world.person();
    const client = await Client.join(person, { store: '0', bee: bee.url, beeKeyFile: keyFile(key) });
    world.clients.push(await client.start());
    return { bee, key, person, client };
  };
  const viewOf = async ({ person }: Pick<Operator, 'person'>): Promise<BeeNodeView> => {
    const { items } = await person.must<BeeNodesAnswer>('GET', '/me/bee-nodes');
    expect(items).toHaveLength(1);
    return items[0]!;
  };
  const until = async (what: string, holds: () => Promise<boolean>) => {
    const deadline = Date.now() + 60_000;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        const checks = await world.query('SELECT * FROM bee_checks ORDER BY "startedAt" DESC LIMIT 5');
        throw new Error(`not in time: ${what}\n${JSON.stringify(checks, null, 1).slice(0, 4000)}`);
      }
      await world.chore('bee-checks');
      await sleep(50);
    }
  };
  const openChecks = () => world.count('bee_checks WHERE verdict IS NULL');
  const online = (who: Operator[]) =>
    until('everybody is there', async () =>
      (await Promise.all(who.map(viewOf))).every(({ online }) => online),
    );
  /** Everybody’s time has come, in the claim phase of a round that nobody here plays. */
  const due = async (who = operators) => {
    await swarm.toClaimPhase();
    world.clock.advance(2 * CHECK_SECONDS * 1000);
    await online(who);
    await world.chore('bee-challenges');
  };
  /** The last check of each operator, after everybody was asked. */
  const challenge = async (between = async () => {}) => {
    const before = await world.count('bee_checks');
    await due();
    expect(await world.count('bee_checks')).toBeGreaterThan(before);
    await between();
    await until('all checks are decided', async () => (await openChecks()) === 0);
    return Promise.all(operators.map(async (operator) => (await viewOf(operator)).lastCheck!));
  };

  beforeAll(async () => {
    swarm = await TestSwarmChain.start();
    reserve = new FakeReserve({
      neighbourhood,
      depth: DEPTH,
      chunks: 200,
      stampedAtNs: 0n,
      largeSpans: true,
    });
    await swarm.batch(reserve.issuer.batchId, reserve.issuer.batch);
    const forged = forgeSample(neighbourhood, { depth: 0, claimed: 20, stampedAtNs: 0n });
    await swarm.batch(forged.batchId, forged.batch);
    await swarm.batch(slotBatch, { owner: addressOfKey(ONE_SLOT_KEY), depth: 8, bucketDepth: 0 });
    await swarm.anchor(elsewhere);
    world = await World.begin({
      settings: { BEE_CHECK_SECONDS: String(CHECK_SECONDS), BEE_BATCHES: '1', BEE_BATCH_BLOCKS: '300' },
      ports: () => ({ swarmChain: swarm.chain }),
    });
    operators = [await operate(0x11), await operate(0x22), await operate(0x33)];
    await swarm.win(operators[0]!.bee.node, DEPTH);
    await swarm.mine(400);
    await until('all are linked', async () => (await world.count('bee_nodes')) === 3);
    // fixes when each is asked
    await world.chore('bee-challenges');
  });
  afterAll(async () => {
    await world?.end();
    for (const { bee } of operators ?? []) await bee.stop();
    await swarm?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('commit, then open: the same reserve of others is evidence, and its size is estimated', async () => {
    const checks = await challenge();
    expect(checks).toMatchObject([{ verdict: 'held' }, { verdict: 'held' }, { verdict: 'held' }]);
    const rows = await world.query<{ anchor2: string; commitment: string }>(
      'SELECT k.anchor2, k.commitment FROM bee_checks k JOIN bee_nodes n USING ("nodeId") ORDER BY n.overlay = $1 DESC',
      [bytesToHex(operators[0]!.bee.node.overlay)],
    );
    expect(new Set(rows.map(({ commitment }) => commitment)).size).toBe(1);
    const asked = operators[0]!.bee.calls.filter((call) => call.startsWith('GET /rchash/'));
    expect(asked).toHaveLength(2);
    expect(asked[0]).not.toContain(rows[0]!.anchor2);
    expect(asked[1]).toContain(rows[0]!.anchor2);
    await challenge();
    const { estimate, checks: counts } = await viewOf(operators[0]!);
    expect(counts.held).toBe(2);
    expect(estimate).toMatchObject({ samples: 2, isCapped: false });
    expect(Number(estimate!.chunks)).toBeGreaterThan(60);
    expect(Number(estimate!.chunks)).toBeLessThan(700);
    await expect(world.query(`UPDATE bee_checks SET verdict = 'invalid'`)).rejects.toThrow(/append-only/);
  });

  test('nothing but what the API may do was asked of a Bee', () => {
    for (const { bee } of operators) expect(bee.calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
  });

  test.each([
    ['syncs', { syncing: true }, { verdict: 'unready', reason: 'bee-syncing' }],
    ['stops in the middle', { breaksOffAt: '/rchash' }, { verdict: 'unready', reason: 'bee-stopped' }],
    ['evicts', { sampleFails: true }, { verdict: 'unready', reason: 'bee-refused' }],
    ['is another', { claimedOverlay: 'ab'.repeat(32) }, { verdict: 'invalid', reason: 'overlay-differs' }],
    [
      'repeats slots',
      { repeatsSlotsOf: bytesToHex(slotBatch) },
      { verdict: 'invalid', reason: 'slot-repeated' },
    ],
    ['repeats chunks', { repeatsChunks: true }, { verdict: 'invalid', reason: 'order-wrong' }],
    ...(
      [
        ['other-chunk', 'chunk-differs'],
        ['other-index', 'chunk-differs'],
        ['other-span', 'chunk-differs'],
        ['other-root', 'sample-differs'],
        // a chunk of 128 segments has seven levels
        ['six-sisters', 'sister-count-wrong'],
        ['eight-sisters', 'sister-count-wrong'],
        ['junk-signature', 'stamp-signature-wrong'],
      ] as const
    ).map(([tampers, reason]) => [`proves ${tampers}`, { tampers }, { verdict: 'invalid', reason }] as const),
    [
      'changes its reserve between the calls',
      { reserveChanges: true },
      { verdict: 'insufficient', lacks: ['commitment-changed'] },
    ],
  ] as const)('a Bee that %s; the others agree without it', async (_, faults, expected) => {
    const [, , { bee }] = operators as [Operator, Operator, Operator];
    const before = { ...bee.node.faults };
    const whole = bee.node.reserve.copy();
    Object.assign(bee.node.faults, faults);
    const [first, second, third] = await challenge();
    Object.assign(bee.node.faults, before);
    Object.assign(bee.node, { reserve: whole });
    expect(third).toMatchObject(expected);
    expect([first!.verdict, second!.verdict]).toEqual(['held', 'held']);
  });

  test('a sample forged from nothing has no fault, and is no evidence', async () => {
    const { faults } = operators[2]!.bee.node;
    faults.forgedChunks = 200;
    const [first, , forger] = await challenge();
    faults.forgedChunks = 0;
    expect(first).toMatchObject({ verdict: 'held' });
    expect(forger).toMatchObject({ verdict: 'insufficient', reason: null });
    expect(forger!.lacks).toEqual(expect.arrayContaining(['no-agreement', 'owned-chunks-dominate']));
    expect((await viewOf(operators[2]!)).alerts).toContain('no-agreement');
  });

  test('a Bee that is gone, and one that is too slow', async () => {
    const [, gone, slow] = operators as [Operator, Operator, Operator];
    slow.bee.node.faults.sampleDelayMs = 60_000;
    Object.assign(gone.bee.node.faults, { breaksOffAt: '/addresses' });
    const checks = await challenge(async () => {
      const open = (said: string) => world.count(`bee_checks WHERE verdict IS NULL AND ${said} IS NOT NULL`);
      await until('the first answered, the second said why it cannot', async () => {
        return (await open('answer')) === 1 && (await open('fault')) === 1;
      });
      world.clock.advance(1_201_000);
    });
    Object.assign(gone.bee.node.faults, { breaksOffAt: null });
    slow.bee.node.faults.sampleDelayMs = 0;
    expect(checks).toMatchObject([
      { verdict: 'insufficient', lacks: ['no-agreement'] },
      { verdict: 'unready', reason: 'bee-stopped' },
      { verdict: 'late', reason: 'not-committed' },
    ]);
  });

  test('who plays is not asked; who comes to play while it is asked is left alone, and nothing follows from it', async () => {
    const before = await world.count('bee_checks');
    await swarm.anchor(neighbourhood);
    await due();
    expect(await world.count('bee_checks')).toBe(before);
    await swarm.anchor(elsewhere);
    // who played this round is not asked in the rest of it either
    world.clock.advance(200_000);
    await online(operators);
    await world.chore('bee-challenges');
    expect(await world.count('bee_checks')).toBe(before);
    for (const { bee } of operators) bee.node.faults.sampleDelayMs = 60_000;
    const checks = await challenge(async () => void (await swarm.anchor(neighbourhood)));
    for (const { bee } of operators) bee.node.faults.sampleDelayMs = 0;
    expect(checks.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual(
      Array.from({ length: 3 }, () => 'excused neighbourhood-plays'),
    );
    await swarm.anchor(elsewhere);
  });

  test('a stake that is frozen while the reserve is sampled stands behind nothing', async () => {
    const [, , frozen] = operators as [Operator, Operator, Operator];
    const [first, , third] = await challenge(async () => void (await swarm.freeze(frozen.bee.node, 500)));
    expect(first!.verdict).toBe('held');
    expect(third).toMatchObject({ verdict: 'insufficient', lacks: ['frozen'] });
    const before = await world.count('bee_checks');
    await due();
    // two are asked, the frozen one is not
    expect(await world.count('bee_checks')).toBe(before + 2);
    const { stake, alerts } = await viewOf(frozen);
    expect(stake!.frozenUntilBlock).toBeGreaterThan(stake!.block);
    expect(alerts[0]).toBe('frozen');
    await until('all are decided', async () => (await openChecks()) === 0);
  });

  test('what the game’s events say of a node, and what its Bee says of itself', async () => {
    world.clock.advance(120_000);
    await world.chore('bee-history');
    const [first] = operators as [Operator];
    await swarm.anchor(neighbourhood);
    await swarm.win(first.bee.node, DEPTH);
    await swarm.mine(5);
    world.clock.advance(120_000);
    await world.chore('bee-history');
    await swarm.anchor(elsewhere);
    const { game, report, stake, sampleWindowSeconds } = await viewOf(first);
    expect(game).toMatchObject({ selected: { count: 1 }, played: { count: 1 }, won: { count: 1 } });
    expect(game.won.lastRound).toBeGreaterThan(0);
    expect((await viewOf(operators[1]!)).game).toMatchObject({
      selected: { count: 1 },
      played: { count: 0 },
      won: { count: 0, lastRound: null },
    });
    expect(stake).toMatchObject({ plur: '100000000000000000', height: 0 });
    // what it had won before it was linked is no gain of these rounds
    expect((await viewOf(first)).gains).toEqual({ rewardPlur: '0', feesWei: '0', rounds: 1 });
    const saysThen = async (books: { reward: string; fees: string }) => {
      Object.assign(first.bee.node.books, books);
      await challenge();
      await until('it is reported', async () => (await viewOf(first)).report!.rewardPlur === books.reward);
      return (await viewOf(first)).gains;
    };
    expect(await saysThen({ reward: '70000', fees: '900' })).toEqual({
      rewardPlur: '70000',
      feesWei: '900',
      rounds: 1,
    });
    expect(sampleWindowSeconds).toBe(570);
    expect(report).toMatchObject({
      fault: null,
      blocksBehind: 3,
      storageRadius: DEPTH,
      reserveWithinRadiusBytes: 200 * 4096,
      gasWei: '1000000000000000000',
      minimumGasWei: '500003000000000',
    });
  });

  test('only the owner of a stake links its Bee node; of two links the later one holds', async () => {
    const { bee, key } = await startBee(0x44);
    const overlay = bytesToHex(bee.node.overlay);
    const wallet = new Wallet(`0x${bytesToHex(key)}`);
    const { publicKey } = (await world.app.get<{ publicKey: string }>(
      (
        await import('../apps/center/src/platform/center-key.js')
      ).CenterKey,
    )) as { publicKey: string };
    const [one, two] = [
      await RawNode.pair(await world.person(), ['bee']),
      await RawNode.pair(await world.person(), ['bee']),
    ];
    await Promise.all([one.connect(), two.connect()]);
    const link = async (
      node: RawNode,
      issuedAt: number,
      changes: Partial<BeeRegistration> & { signer?: { signMessage(text: string): Promise<string> } } = {},
    ) => {
      const { signer = wallet, ...rest } = changes;
      const said = { overlay, owner: wallet.address.toLowerCase(), overlayNonce: null, issuedAt, ...rest };
      const text = beeLinkText({
        centerPublicKey: publicKey,
        nodeId: node.id,
        overlay: said.overlay,
        issuedAt,
      });
      const signature = (await signer.signMessage(text)).slice(2);
      return node.call('bee:register', { ...said, signature }).then(
        () => null,
        (error: CroftError) => error.code,
      );
    };
    const now = world.clock.now().getTime();
    const stranger = Wallet.createRandom();
    expect(await link(one, now, { signer: stranger })).toBe('bee_signature_invalid');
    expect(await link(one, now + 3_600_000)).toBe('bee_signature_invalid');
    expect(await link(one, now, { signer: stranger, owner: stranger.address.toLowerCase() })).toBe(
      'bee_not_staked',
    );
    expect(await link(one, now, { overlay: 'ab'.repeat(32) })).toBe('bee_overlay_differs');
    expect(await link(one, now, { overlayNonce: '77'.repeat(32) })).toBe('bee_overlay_differs');
    expect(await link(one, now, { overlayNonce: bytesToHex(bee.node.nonce) })).toBe(null);
    expect(await link(one, now)).toBe(null);
    expect(await link(two, now - 1)).toBe('bee_taken');
    expect(await link(two, now + 1)).toBe(null);
    expect(await link(one, now)).toBe('bee_taken');
    expect(await world.count(`bee_nodes WHERE overlay = $1 AND "unlinkedAt" IS NULL`, [overlay])).toBe(1);
    // what nobody asked for is not taken
    const unasked = { checkId: one.id, step: 'commit', hash: overlay, seconds: 1 };
    await expect(two.call('bee:sampled', unasked)).rejects.toMatchObject({ code: 'bee_check_closed' });
    one.close();
    two.close();
    await bee.stop();
  });

  test('a Bee node is linked and forgotten by hand, with its own key only', async () => {
    const client = await Client.join(await world.person(), { store: '1MB' });
    const { bee, key } = operators[0]!;
    const io = { out: () => {}, err: () => {}, speak: ((name: string) => name) as never, env: {} };
    const link = (bytes: Uint8Array, url = bee.url) =>
      beeLink({ bee: url, beeKeyFile: keyFile(bytes), data: client.data }, io);
    const linked = async () => (await loadPairedNode(dataFolder(client.data, {}))).bee?.registration.overlay;
    await expect(link(operators[1]!.key)).rejects.toMatchObject({ code: 'bee_key_differs' });
    await expect(link(key, 'http://10.0.0.1:1633')).rejects.toMatchObject({ code: 'bee_not_loopback' });
    expect(await linked()).toBe(undefined);
    await link(key);
    expect(await linked()).toBe(bytesToHex(bee.node.overlay));
    await beeUnlink({ data: client.data }, io);
    expect(await linked()).toBe(undefined);
    await client.remove();
  });

  test('a link is ended by who has it alone; nothing is asked any more, until it is signed anew', async () => {
    const fourth = await operate(0x55);
    const { person, client, bee, key } = fourth;
    const overlay = bytesToHex(bee.node.overlay);
    const path = `/me/bee-nodes/${overlay}`;
    const { nodeId } = (await loadPairedNode(dataFolder(client.data, {}))).paired;
    const isLinked = async () =>
      (await world.count('bee_nodes WHERE "nodeId" = $1 AND "unlinkedAt" IS NULL', [nodeId])) === 1;
    const checksOf = () =>
      world.query<{ verdict: string | null; reason: string | null }>(
        'SELECT verdict, reason FROM bee_checks WHERE "nodeId" = $1 ORDER BY "startedAt"',
        [nodeId],
      );
    await until('it is linked', isLinked);
    await swarm.mine(400);
    const settled = () => until('all are decided', async () => (await openChecks()) === 0);

    for (const [who, asked, status, code] of [
      [operators[0]!.person, path, 404, 'not_found'],
      [person, `/me/bee-nodes/${'ab'.repeat(32)}`, 404, 'not_found'],
      [person, '/me/bee-nodes/mine', 400, 'bad_request'],
    ] as const)
      expect(await who.call('DELETE', asked)).toMatchObject({ status, body: { code } });
    expect(await isLinked()).toBe(true);

    // while it is asked: that counts as silence, and keeps nobody waiting
    bee.node.faults.sampleDelayMs = 60_000;
    await due([...operators, fourth]);
    expect(await checksOf()).toEqual([{ verdict: null, reason: null }]);
    for (const _ of ['once', 'again']) expect((await person.call('DELETE', path)).status).toBe(204);
    expect((await person.must<BeeNodesAnswer>('GET', '/me/bee-nodes')).items).toEqual([]);
    await settled();
    expect(await checksOf()).toEqual([{ verdict: 'late', reason: 'not-committed' }]);
    bee.node.faults.sampleDelayMs = 0;

    // its client is there still, and cannot undo it
    await client.stop();
    await client.start();
    await until('its client was told', async () =>
      client.said.some(({ event }) => event === 'bee_link_ended'),
    );
    await due();
    await settled();
    expect(await checksOf()).toHaveLength(1);

    const spoken: string[] = [];
    const say = (line: string) => void spoken.push(line);
    const io = { out: say, err: say, speak: ((name: string) => name) as never, env: {} };
    const again = () => beeLink({ bee: bee.url, beeKeyFile: keyFile(key), data: client.data }, io);
    await client.stop();
    await again();
    await client.start();
    await until('it is linked again', isLinked);
    await due([...operators, fourth]);
    await settled();
    expect((await checksOf()).at(-1)).toMatchObject({ verdict: 'held' });

    // on its own computer
    await client.stop();
    await beeUnlink({ data: client.data }, io);
    expect(await isLinked()).toBe(false);
    expect(spoken).toEqual(['bee_linked', 'bee_unlinked']);
    // a center that will not hear of the node cannot be told
    await again();
    await person.must('DELETE', `/nodes/${nodeId}`);
    await beeUnlink({ data: client.data }, io);
    expect(spoken.slice(2)).toEqual(['bee_linked', 'bee_unlinked', 'bee_unlinked_here']);
    expect((await loadPairedNode(dataFolder(client.data, {}))).bee).toBe(undefined);
    await bee.stop();
  });

  test('another’s checks are not shown; the client calls its own machine only', async () => {
    expect(() => loopbackUrl('http://192.168.1.5:1633')).toThrow(/bee_not_loopback/);
    for (const url of [
      'http://127.0.0.1.example:1633',
      'https://127.0.0.1',
      'http://u@localhost',
      'file:///x',
      '',
    ])
      expect(() => loopbackUrl(url)).toThrow(/bee_not_loopback/);
    expect(loopbackUrl('http://127.0.0.1:1633/')).toBe('http://127.0.0.1:1633');
    expect(loopbackUrl('http://[::1]:1633')).toBe('http://[::1]:1633');
    const { status } = await operators[0]!.person.call(
      'GET',
      `/me/bee-nodes/${(await viewOf(operators[1]!)).nodeId}/checks`,
    );
    expect(status).toBe(404);
  });
});
