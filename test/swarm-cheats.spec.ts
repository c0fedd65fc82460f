import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bytesToHex,
  hexToBytes,
  lotOf,
  type ReplicaSample,
  type RoundMessage,
  type SignedReceipt,
  subChallenge,
} from '#libs/protocol';
import {
  CHUNK_BYTES,
  KeyedSample,
  proveReplica,
  ReplicaTree,
  replicaBytes,
  replicaFault,
  replicaLayout,
  replicaStep,
} from '#libs/swarm';
import { dataFolder } from '../apps/client/src/state/data-folder.js';
import { loadPairedNode } from '../apps/client/src/state/node-state.js';
import type { Client } from './support/client.js';
import { RawNode } from './support/raw-node.js';
import { World } from './support/world.js';

const SIZE = 100_000;
const K = replicaStep(SIZE)!;
const CHUNKS = Math.ceil(replicaBytes(K) / CHUNK_BYTES);
const SEGMENT = 32;

/** What a keeper has on its disk for a data set, and what it could have instead. */
interface Holding {
  root: Uint8Array;
  file: Uint8Array;
  plain: Uint8Array;
}

/** Answers a challenge from any file of a replica's size, as who keeps no replica would: without looking at its root. */
function proofFrom(file: Uint8Array, challenge: Uint8Array): Promise<Uint8Array> {
  const { levels } = replicaLayout(K);
  return proveReplica(K, challenge, async ({ level, chunkIndex }) => {
    const offset = levels[level]! + chunkIndex * CHUNK_BYTES;
    return file.slice(
      offset,
      Math.min(offset + CHUNK_BYTES, level === 0 ? replicaBytes(K) : offset + CHUNK_BYTES),
    );
  });
}

/** A whole file of the data set as everybody can read it: good, and of another root. */
function plainFile(content: Uint8Array): Uint8Array {
  const data = new Uint8Array(replicaBytes(K));
  data.set(content);
  const tree = new ReplicaTree(K);
  tree.write(data);
  return Buffer.concat([data, tree.finish().bytes]);
}

/** Segment and sisters of one of the segments asked for. */
const blockOf = (proof: Uint8Array, at: number) => (proof.length / 8) * at;

type Proving = (own: Holding, other: Holding, challenge: Uint8Array) => Promise<Uint8Array>;
const honest: Proving = ({ file }, _, challenge) => proofFrom(file, challenge);

/** Answers to a round, with what `replicaFault` finds in them. */
const answers: [name: string, proving: Proving, reason: string | null][] = [
  ['its replica', honest, null],
  ['the plain bytes', ({ plain }, _, challenge) => proofFrom(plain, challenge), 'root-differs'],
  ['another replica', (_, { file }, challenge) => proofFrom(file, challenge), 'root-differs'],
  [
    'segments of other places',
    ({ file }, _, challenge) =>
      proofFrom(
        file,
        challenge.map((byte) => byte ^ 1),
      ),
    'root-differs',
  ],
  [
    'the segment of another chunk',
    async (own, other, challenge) => {
      const proof = await honest(own, other, challenge);
      return Buffer.concat([
        proof.slice(blockOf(proof, 1), blockOf(proof, 2)),
        proof.slice(blockOf(proof, 1)),
      ]);
    },
    'root-differs',
  ],
  [
    'six sisters',
    async (own, other, challenge) => {
      const proof = await honest(own, other, challenge);
      return Buffer.concat([proof.slice(0, 7 * SEGMENT), proof.slice(8 * SEGMENT)]);
    },
    'root-differs',
  ],
  [
    'eight sisters',
    async (own, other, challenge) => {
      const proof = await honest(own, other, challenge);
      return Buffer.concat([proof.slice(0, 8 * SEGMENT), new Uint8Array(SEGMENT), proof.slice(8 * SEGMENT)]);
    },
    'root-differs',
  ],
  [
    'a proof cut short',
    async (own, other, challenge) => (await honest(own, other, challenge)).slice(0, -SEGMENT),
    'proof-length-wrong',
  ],
  ['nothing', async () => new Uint8Array(0), 'proof-length-wrong'],
];

type Sampled = { commitment: string; chunks: number[] };
const sampleOf = (file: Uint8Array, { anchor }: ReplicaSample): Sampled => {
  const sample = new KeyedSample(hexToBytes(anchor));
  for (let index = 0; index < CHUNKS; index++) {
    const end = Math.min((index + 1) * CHUNK_BYTES, replicaBytes(K));
    sample.add(index, file.slice(index * CHUNK_BYTES, end));
  }
  const { items, commitment } = sample.finish();
  return { commitment: bytesToHex(commitment), chunks: items.map(({ index }) => index) };
};

/** Answers to a keyed audit, with its verdict. */
const samples: [name: string, sampling: (own: Holding, asked: ReplicaSample) => Sampled, verdict: string][] =
  [
    ['its replica', ({ file }, asked) => sampleOf(file, asked), 'held'],
    ['the plain bytes', ({ plain }, asked) => sampleOf(plain, asked), 'sample-differs'],
    [
      'one chunk twice',
      ({ file }, asked) => {
        const { chunks, commitment } = sampleOf(file, asked);
        return { chunks: chunks.with(0, chunks[1]!), commitment };
      },
      'sample-repeats-chunk',
    ],
    [
      'a chunk there is none of',
      ({ file }, asked) => {
        const { chunks, commitment } = sampleOf(file, asked);
        return { chunks: chunks.with(0, CHUNKS), commitment };
      },
      'sample-out-of-range',
    ],
    [
      'fifteen chunks',
      ({ file }, asked) => {
        const { chunks, commitment } = sampleOf(file, asked);
        return { chunks: chunks.slice(1), commitment };
      },
      'sample-count-wrong',
    ],
    ['junk', () => ({ chunks: [-1], commitment: 'ab'.repeat(32) }), 'answer-invalid'],
  ];

describe('keepers that answer from something else than their replica', () => {
  let world: World;
  let prover: Client;
  let sampler: Client;
  const contents = answers.map((_, set) => Buffer.alloc(SIZE, `data set ${set} `));

  /** The client's key in the test's hand, and what lay on its disk, in the order of the data sets. */
  const takeOver = async (client: Client): Promise<{ node: RawNode; holdings: Holding[] }> => {
    const rows = await world.query<{ root: string }>(
      'SELECT root FROM replicas r JOIN data_sets s ON s.id = r."dataSetId" ORDER BY s.name',
    );
    const names = readdirSync(client.path);
    const mine = rows.flatMap(({ root }) =>
      names.filter((name) => name.includes(root)).map((name) => ({ root, name })),
    );
    const holdings = mine.map(({ root, name }, set) => ({
      root: hexToBytes(root),
      file: readFileSync(join(client.path, name)),
      plain: plainFile(contents[set]!),
    }));
    await client.stop();
    const { paired, publicKey, secretKey } = await loadPairedNode(dataFolder(client.data, {}));
    const node = await RawNode.of(world.url, paired.nodeId, { publicKey, secretKey }).connect();
    return { node, holdings };
  };

  beforeAll(async () => {
    world = await World.begin();
    const campaignId = await world.campaign({ plotTarget: 0, confirmAfterSeconds: 3600 });
    prover = await world.contributor({ store: '100MB' });
    sampler = await world.contributor({ store: '100MB' });
    for (const [set, content] of contents.entries()) {
      const request = { campaignId, name: `set ${set}`, source: 'upload', wanted: 2 };
      const { id } = await world.admin.must<{ id: string }>('POST', '/admin/data-sets', request);
      await world.admin.raw('PUT', `/admin/data-sets/${id}/content`, content);
    }
    const proved = `plots WHERE kind = 'swarm-replica' AND state = 'accepted'`;
    await world.until('all are kept', async () => (await world.count(proved)) === 2 * contents.length);
  });
  afterAll(() => world.end());

  test('in a round: each wrong answer is invalid, and its plot is doubted', async () => {
    const { node, holdings } = await takeOver(prover);
    expect(holdings).toHaveLength(answers.length);
    world.clock.advance(600_000);
    await world.chore('close-rounds');
    await world.chore('rounds');
    const isOpen = ({ kind }: RoundMessage) => kind === 'broadcast';
    while (!node.rounds.some(isOpen)) await sleep(20);
    const round = node.rounds.findLast(isOpen)!;
    for (const [at, [name, proving, reason]] of answers.entries()) {
      const own = holdings[at]!;
      const challenge = subChallenge(lotOf(own.root, hexToBytes(round.beacon)), 0);
      const proof = await proving(own, holdings.at(at - 1)!, challenge);
      expect([name, replicaFault({ root: own.root, k: K }, challenge, proof)?.reason ?? null]).toEqual([
        name,
        reason,
      ]);
      const answer = {
        roundId: round.roundId,
        nodeId: node.id,
        plotId: bytesToHex(own.root),
        plotKind: 'swarm-replica',
        k: K,
        beacon: round.beacon,
        subIndex: 0,
        proof: bytesToHex(proof),
      };
      // a signature of somebody else takes nothing in
      const junk = { answer, signature: 'ab'.repeat(64) };
      await expect(node.call('round:answer', junk)).rejects.toMatchObject({ code: 'bad_signature' });
      const { receipt } = await node.call<SignedReceipt>('round:answer', node.signed(answer));
      expect([name, receipt.verdict]).toEqual([name, reason ? 'invalid' : 'proved']);
    }
    node.close();
    const wrong = answers.flatMap(([, , reason], at) => (reason ? [bytesToHex(holdings[at]!.root)] : []));
    const doubted = () =>
      world.query<{ plotId: string }>(
        `SELECT DISTINCT p."plotId" FROM doubts d JOIN plots p ON p.id = d."plotRef"
         WHERE d.cause = 'invalid' AND d."nodeId" = $1`,
        [node.id],
      );
    world.clock.advance(60_000);
    await world.until('the round is closed', async () => (await doubted()).length >= wrong.length);
    expect((await doubted()).map(({ plotId }) => plotId).sort()).toEqual(wrong.sort());
  });

  test('in a keyed audit: each has its verdict, and all but what holds is doubted', async () => {
    const { node, holdings } = await takeOver(sampler);
    const opened = new Map<string, number[]>();
    const byRoot = new Map(holdings.map((own, at) => [bytesToHex(own.root), { own, at }]));
    node.answers('replica:sample', (asked: ReplicaSample) => {
      const { own, at } = byRoot.get(asked.plotId)!;
      const { commitment, chunks } = (samples[at] ?? samples[0]!)[1](own, asked);
      opened.set(asked.auditId, chunks);
      return { commitment };
    });
    node.answers('replica:open', ({ auditId }: { auditId: string }) => ({ chunks: opened.get(auditId)! }));
    const found = () =>
      world.query<{ name: string; verdict: string; doubts: string }>(
        `SELECT s.name, a.verdict, (SELECT COUNT(*) FROM doubts d WHERE d."plotRef" = a."plotRef" AND cause = 'invalid'
           AND d."nodeId" = a."nodeId") AS doubts
         FROM replica_audits a JOIN replicas r ON r.id = a."replicaId" JOIN data_sets s ON s.id = r."dataSetId"
         WHERE a."nodeId" = $1 ORDER BY s.name`,
        [node.id],
      );
    await world.query('UPDATE replicas SET "auditAt" = $1', [world.clock.now()]);
    await world.until('all were asked', async () => {
      await world.chore('replica-audits');
      return (await found()).length === holdings.length;
    });
    node.close();
    for (const [at, { verdict, doubts }] of (await found()).entries()) {
      const [name, , expected] = samples[at] ?? samples[0]!;
      expect([name, verdict, Number(doubts)]).toEqual([name, expected, expected === 'held' ? 0 : 1]);
    }
  });
});
